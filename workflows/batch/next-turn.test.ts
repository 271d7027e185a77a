import { expect, it } from 'vitest';
import type { PlannedPost } from '../../contract/batch.js';
import type { Batch } from './state.js';
import { sample } from './testing/sample.js';
import { nextTurn } from './next-turn.js';

const planned = sample.withPage(sample.batch({ hero_text: 3 }, { window: 2 }), 'done');
const queued = (batch: Batch, ...ids: string[]): Batch => ({
  ...batch,
  plan: { ...batch.plan, queue: ids.map((id) => ({ id }) as PlannedPost) },
});
const paused = (batch: Batch): Batch => ({ ...batch, progress: { ...batch.progress, paused: true } });
const blocked = (batch: Batch): Batch => ({
  ...batch,
  progress: { ...batch.progress, status: 'blocked' },
});
const ended = sample.post('a', { status: 'published' });

it.each([
  ['plans first', sample.batch({ hero_text: 3 }), { do: 'plan', page: { page: 1, mix: { hero_text: 3 } } }],
  [
    'starts what is planned, as far as the window goes',
    queued(planned, 'a', 'b', 'c'),
    { do: 'start', count: 2 },
  ],
  [
    'waits while the window is full',
    queued(sample.withPosts(planned, sample.post('a'), sample.post('b')), 'c'),
    { do: 'wait' },
  ],
  ['starts nothing while it is paused', paused(queued(planned, 'a')), { do: 'wait' }],
  ['plans nothing while its plan is blocked', blocked(sample.batch()), { do: 'wait' }],
  [
    'waits for its posts',
    sample.withPosts(planned, ended, sample.post('b', { status: 'blocked' })),
    { do: 'wait' },
  ],
  ['ends with the last of them, paused or not', paused(sample.withPosts(planned, ended)), { do: 'end' }],
])('a batch %s', (_what, batch, turn) => expect(nextTurn(batch)).toEqual(turn));
