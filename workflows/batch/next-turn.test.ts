import { expect, it } from 'vitest';
import type { PlannedPost } from '../../contract/batch.js';
import type { Batch } from './state.js';
import { sample } from './testing/sample.js';
import { nextTurn } from './next-turn.js';

const { at, post, withPosts } = sample;
const fresh = sample.batch({ hero_text: 3 }, { window: 2 });
const planned = sample.withPage(fresh, 'done');
const queued = (batch: Batch, ...ids: string[]): Batch => ({
  ...batch,
  plan: { ...batch.plan, queue: ids.map((id) => ({ id }) as PlannedPost) },
});
const paused = (batch: Batch): Batch => at(batch, { paused: true });
const ended = post('a', { status: 'published' });
const stuck = post('b', { status: 'blocked' });
const full = withPosts(planned, post('a'), post('b'));
const wait = { do: 'wait' };

it.each([
  ['plans first', fresh, { do: 'plan', page: { page: 1, mix: { hero_text: 3 } } }],
  [
    'starts what is planned, as far as the window goes',
    queued(planned, 'a', 'b', 'c'),
    { do: 'start', count: 2 },
  ],
  ['waits while the window is full', queued(full, 'c'), wait],
  ['starts nothing while it is paused', paused(queued(planned, 'a')), wait],
  ['plans nothing while its plan is blocked', at(fresh, { status: 'blocked' }), wait],
  ['waits for its posts', withPosts(planned, ended, stuck), wait],
  ['ends with the last of them, paused or not', paused(withPosts(planned, ended)), { do: 'end' }],
])('a batch %s', (_what, batch, turn) => expect(nextTurn(batch)).toEqual(turn));
