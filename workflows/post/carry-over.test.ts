import { describe, expect, it } from 'vitest';
import { post } from '../../activities/testing/samples.js';
import type { MediaTask } from '../../activities/media-task.js';
import { charge } from '../../services/archive/sample-records.js';
import { apply } from './apply.js';
import { isTooLong, takeOver, type Carried } from './carry-over.js';
import { refusal, standingOf } from './decide.js';
import type { Decision } from './message.js';
import { openGate } from './opening.js';
import { MOST_COUNTED, MOST_DROPPED, noteReview } from './review-log.js';
import { chargesOf, newRun, rowOf, type PostRun } from './run.js';
import { postStatus } from './status.js';

const NOW = new Date('2026-11-24T09:00:00.000Z');
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const carriedOf = ({ input: _input, ...carried }: PostRun): Carried => carried;

describe('a history is too long', () => {
  const history = { historyLength: 60, historySize: 90_000, continueAsNewSuggested: false };
  it.each([
    ['when it holds far more events than a post has of its own', { historyLength: 2_001 }, true, false],
    ['when the server says so', { continueAsNewSuggested: true }, true, false],
    ['whatever is under way, before Temporal would warn', { historyLength: 8_001 }, true, true],
    ['whatever is under way, once its bytes come near the limit', { historySize: 20_000_001 }, true, true],
    ['not before', { historyLength: 2_000 }, false, false],
  ] as const)('%s', (_when, change, idle, busy) => {
    expect(isTooLong({ ...history, ...change }, false)).toBe(idle);
    expect(isTooLong({ ...history, ...change }, true)).toBe(busy);
  });
});

describe('what a post carries over', () => {
  it('is the same after JSON, with all that is open', () => {
    const run = newRun(post('video'), NOW.toISOString());
    const task = { step: 'video', postId: run.input.id } as unknown as MediaTask;
    Object.assign(run, {
      ...{ passed: ['media'], confirmed: ['video'], jobs: { video: { task, requestId: 'req-1' } } },
      ...{ slot: NOW.toISOString(), blockedFrom: 'filming', stored: { hero_image: 2 }, recorded: 7 },
      lostSubmit: { task, since: NOW.toISOString(), from: NOW.toISOString(), reason: 'no answer' },
    });
    openGate(run, 'publish', NOW);
    const carried = JSON.parse(JSON.stringify(carriedOf(run))) as Carried;
    expect(takeOver(run.input, carried)).toEqual(run);
  });

  it('stays under the 2 MB that Temporal takes in one piece, whatever people, models and floods do', () => {
    // Control characters take the most room in JSON: six bytes each.
    const words = (length: number): string => '\u0001'.repeat(length);
    const run = newRun(post('video'), NOW.toISOString());
    const step = ['draft', 'hero_image', 'video'] as const;
    const revise: Decision = { kind: 'revise', by: words(200), note: words(4_000), redo: 'all' };
    const makeAll = (): void => {
      for (const name of step) {
        const row = rowOf(run, name);
        Object.assign(row, { state: 'done', asset: `${run.input.id}_video_100.mp4`, note: words(1_000) });
        const key = `${run.input.id}/${name}/${run.revision}`;
        for (let index = 0; index < 4; index += 1)
          row.charges.push({ ...charge(name), key: `${key}/${index}`, requestId: 'r'.repeat(60) });
      }
      Object.assign(run, { stale: [], status: 'awaiting_approval' });
      openGate(run, 'publish', NOW);
    };
    for (makeAll(); refusal(standingOf(run), revise) === null; makeAll()) apply(run, revise, NOW);
    for (let index = 0; index < 2 * MOST_COUNTED; index += 1) {
      const entry = { decision: 'revise', by: words(200), note: words(4_000) } as const;
      noteReview(run, { ...entry, counted: true }, { revision: 1, gate: 'publish' }, NOW);
    }
    for (let index = 0; index < 2 * MOST_DROPPED; index += 1) {
      const entry = { decision: 'approve', by: words(200), note: 'dropped: the post is at work' } as const;
      noteReview(run, { ...entry, counted: false }, { revision: 1, gate: 'publish' }, NOW);
    }
    run.draft = {
      ...{ title: words(300), body: words(30_000), caption: words(5_000), altText: words(1_000) },
      ...{ hashtags: Array<string>(30).fill('漢'.repeat(60)), imagePrompt: words(4_000), shot: words(4_000) },
    };
    Object.assign(run, { error: { type: 'Output.NotUsable', message: words(1_000), requestId: 'r' } });
    const sizes = {
      carried: bytes(carriedOf(run)),
      record: bytes({ status: postStatus(run), charges: chargesOf(run) }),
    };
    expect(
      Object.values(sizes).every((size) => size > 600_000 && size < 1_500_000),
      JSON.stringify(sizes),
    ).toBe(true);
  });
});
