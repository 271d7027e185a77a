import { describe, expect, it } from 'vitest';
import { post } from '../../activities/testing/samples.js';
import type { MediaTask } from '../../activities/media-task.js';
import { charge } from '../../services/archive/sample-records.js';
import { applyDecision } from './apply-decision.js';
import { isTooLong } from './carry-over.js';
import { enterStatus, openGate } from './state/decisions.js';
import type { Decision } from './read-decision.js';
import { refusal, standingOf } from './dropped-decision.js';
import { MOST_COUNTED, MOST_DROPPED, noteReview } from './state/review-log.js';
import { changeRow, chargesIn } from './state/rows.js';
import { newTargetState } from './target-state.js';
import { newPost, type CarriedPost, type Post } from './state/state.js';
import { keepRevision, revisionsToRecord } from './unrecorded.js';
import { postStatus } from './status.js';
import { finishStep, type Work } from './state/work.js';

const NOW = new Date('2026-11-24T09:00:00.000Z');
const carriedOf = ({ input: _input, ...carried }: Post): CarriedPost => carried;
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

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
    const planned = newPost(post('video'), NOW.toISOString());
    const task = { step: 'video', postId: planned.input.id } as unknown as MediaTask;
    const open: Post = {
      ...planned,
      work: {
        ...planned.work,
        ...{ confirmed: ['video'], jobs: { video: { task, requestId: 'req-1' } }, stored: { hero_image: 2 } },
        lostSubmit: {
          ...{ task, since: NOW.toISOString(), from: NOW.toISOString() },
          ...{ reason: 'no answer', lookedUntil: null },
        },
      },
      decisions: {
        ...openGate(planned.decisions, 'publish', NOW),
        ...{ passed: ['media'], slot: NOW.toISOString(), blockedFrom: 'filming' },
      },
      recorded: 7,
    };
    expect(JSON.parse(JSON.stringify(open))).toEqual(open);
  });

  it('stays under the 2 MB that Temporal takes in one piece, whatever people, models and floods do', () => {
    // Control characters take the most room in JSON: six bytes each.
    const words = (length: number): string => '\u0001'.repeat(length);
    const step = ['draft', 'hero_image', 'video'] as const;
    const revise: Decision = { kind: 'revise', by: words(200), note: words(4_000), redo: 'all' };
    const makeOne = (work: Work, name: (typeof step)[number], revision: number): Work => {
      const key = `UpkTZ26nc9Eb/${name}/${revision}`;
      const charges = [0, 1, 2, 3].map((index) => ({
        ...charge(name),
        ...{ key: `${key}/${index}`, requestId: 'r'.repeat(60) },
      }));
      const made = { charges, asset: 'UpkTZ26nc9Eb_video_100.mp4', note: words(1_000) };
      const rows = changeRow(work.rows, name, (row) => ({ ...row, ...made }));
      return finishStep({ ...work, rows }, name);
    };
    const makeAll = (before: Post): Post => {
      const { revision } = before.decisions;
      return {
        ...before,
        work: step.reduce((work, name) => makeOne(work, name, revision), before.work),
        decisions: openGate(enterStatus(before.decisions, 'awaiting_approval'), 'publish', NOW),
      };
    };
    let made = makeAll(newPost(post('video'), NOW.toISOString()));
    while (refusal(standingOf(made), revise) === null) made = makeAll(applyDecision(made, revise, NOW));
    let { log } = made.decisions;
    const standing = { revision: 1, gate: 'publish' } as const;
    for (let index = 0; index < 2 * MOST_COUNTED; index += 1) {
      const entry = { decision: 'revise', by: words(200), note: words(4_000), counted: true } as const;
      log = noteReview(log, entry, standing, NOW);
    }
    for (let index = 0; index < 2 * MOST_DROPPED; index += 1) {
      const note = 'dropped: the post is at work';
      log = noteReview(log, { decision: 'approve', by: words(200), note, counted: false }, standing, NOW);
    }
    const draft = {
      ...{ title: words(300), body: words(30_000), caption: words(5_000), altText: words(1_000) },
      ...{ hashtags: Array<string>(30).fill('漢'.repeat(60)), imagePrompt: words(4_000), shot: words(4_000) },
    };
    const error = { type: 'Output.NotUsable', message: words(1_000), requestId: 'r' };
    // As many targets as an account may have, each with a text of its own, and away.
    const names = Array.from({ length: 10 }, (_, index) => `mastodon-${index}`);
    const targets = names.map((name) => ({ kind: 'mastodon', name, settings: {} }));
    const own = { text: '漢'.repeat(5_000), instead: words(500) };
    const told = { type: 'Target.Away', message: '漢'.repeat(1_000), requestId: 'r' };
    const away = { ...newTargetState(NOW), reason: told.message, error: told };
    const full: Post = {
      ...made,
      input: { ...made.input, account: { ...made.input.account, targets } },
      words: { ...made.words, draft, own: Object.fromEntries(names.map((name) => [name, own])) },
      out: { ...made.out, targets: Object.fromEntries(names.map((name) => [name, away])) },
      decisions: { ...made.decisions, error, log },
    };
    const dense = {
      ...full,
      words: { draft: { ...draft, body: '漢'.repeat(30_000), caption: 'C' }, instructions: null },
    };
    const flooded = { ...full, unrecorded: [1, 2, 3, 4].reduce(keepRevision, dense).unrecorded };
    const revisions = revisionsToRecord({ ...flooded, decisions: { ...full.decisions, revision: 999 } });
    expect(revisions.length).toBeGreaterThan(1);
    const sizes = {
      carried: bytes(carriedOf(flooded)),
      record: bytes({ status: postStatus(full), charges: chargesIn(full.work.rows), revisions }),
    };
    expect(
      Object.values(sizes).every((size) => size > 600_000 && size < 1_800_000),
      JSON.stringify(sizes),
    ).toBe(true);
  });
});
