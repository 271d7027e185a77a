import { expect, it } from 'vitest';
import type { Draft } from '../../contract/draft.js';
import { charge } from '../../services/archive/sample-records.js';
import { applyDecision } from './apply-decision.js';
import { refusal, standingOf } from './dropped-decision.js';
import { enterStatus, openGate } from './state/decisions.js';
import { MOST_COUNTED, MOST_DROPPED, noteReview } from './state/review-log.js';
import { chargesIn } from './state/rows.js';
import type { CarriedPost, Post } from './state/state.js';
import { finishStep } from './state/work.js';
import { postStatus, keepRevision, revisionsToRecord } from './status.js';
import { newTargetState } from './target-state.js';
import { NOW, sample } from './testing/sample.js';

const carriedOf = ({ input: _input, ...carried }: Post): CarriedPost => carried;
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
/** Control characters take the most room in JSON: six bytes each. */
const words = (length: number): string => '\u0001'.repeat(length);
const cats = (length: number): string => '漢'.repeat(length);

/** As many targets as an account may have, each with a text of its own, and away. */
const names = Array.from({ length: 10 }, (_, index) => `mastodon-${index}`);
const ofEach = <T>(value: T): Record<string, T> => Object.fromEntries(names.map((name) => [name, value]));
const targets = names.map((name) => ({ kind: 'mastodon', name, settings: {} }));
const error = { type: 'Target.Away', message: cats(1_000), requestId: 'r' };
const away = { ...newTargetState(NOW), reason: error.message, error };
const own = { text: cats(5_000), instead: words(500) };

const longest: Draft = {
  title: words(300),
  body: words(30_000),
  caption: words(5_000),
  hashtags: Array<string>(30).fill(cats(60)),
  imagePrompt: words(4_000),
  shot: words(4_000),
  altText: words(1_000),
};

/** With all that is still to be made, each paid for four times. */
function makeAll(post: Post): Post {
  const { revision } = post.decisions;
  const made = post.work.stale.reduce((before, step) => {
    const charges = [0, 1, 2, 3].map((index) =>
      charge(step, { key: `UpkTZ26nc9Eb/${step}/${revision}/${index}`, requestId: 'r'.repeat(60) }),
    );
    const row = { charges, asset: 'UpkTZ26nc9Eb_video_100.mp4', note: words(1_000) };
    return { ...before, work: finishStep(sample.withRow(before, step, row).work, step) };
  }, post);
  return sample.withDecisions(made, (now) => openGate(enterStatus(now, 'awaiting_approval'), 'publish', NOW));
}

/** Flooded with decisions that count, then with others. */
function flood(post: Post): Post {
  const standing = { revision: 1, gate: 'publish' } as const;
  const by = words(200);
  const counted = { decision: 'revise', by, note: words(4_000), counted: true } as const;
  const dropped = { decision: 'approve', by, note: 'dropped: the post is at work', counted: false } as const;
  const entries = [...Array(2 * MOST_COUNTED).fill(counted), ...Array(2 * MOST_DROPPED).fill(dropped)];
  const log = entries.reduce((now, entry) => noteReview(now, entry, standing, NOW), post.decisions.log);
  return sample.withDecisions(post, (now) => ({ ...now, log }));
}

it('a post stays under the 2 MB that Temporal takes in one piece, whatever people, models and floods do', () => {
  const revise = sample.decision('revise', { by: words(200), note: words(4_000), redo: 'all' });
  let post = makeAll(sample.planned('video'));
  while (refusal(standingOf(post), revise) === null) post = makeAll(applyDecision(post, revise, NOW));
  const blocked = { type: 'Output.NotUsable', message: words(1_000), requestId: 'r' };
  post = sample.withDecisions(flood(post), (now) => ({ ...now, error: blocked }));
  post = sample.withDraft({ ...post, input: { ...post.input, ...sample.account({ targets }) } }, longest);
  const dense = sample.withDraft(post, { ...longest, body: cats(30_000), caption: 'C' });
  const { unrecorded } = [1, 2, 3, 4].reduce(keepRevision, dense);
  const full: Post = {
    ...post,
    unrecorded,
    words: { ...post.words, own: ofEach(own) },
    out: { ...post.out, targets: ofEach(away) },
  };
  const revisions = revisionsToRecord(sample.withDecisions(full, (now) => ({ ...now, revision: 999 })));
  expect(revisions.length).toBeGreaterThan(1);
  const charges = chargesIn(full.work.rows);
  for (const piece of [carriedOf(full), { status: postStatus(full), charges, revisions }]) {
    expect(bytes(piece)).toBeGreaterThan(600_000);
    expect(bytes(piece)).toBeLessThan(1_800_000);
  }
});
