import { beforeEach, expect, it } from 'vitest';
import { post as input } from '../../activities/testing/samples.js';
import { createCell, type Cell } from '../cell.js';
import { applyDecision } from './apply-decision.js';
import { enterStatus, noteDecision, openGate } from './state/decisions.js';
import { newPost, type Post } from './state/state.js';
import { forgetRevisions, keepRevision, revisionsToRecord } from './unrecorded.js';
import { finishStep } from './state/work.js';

const NOW = new Date('2026-11-24T10:00:00.000Z');
const draft = {
  ...{ title: 'One', body: 'B', caption: 'C', hashtags: ['h'], imagePrompt: 'P', shot: null, altText: 'A' },
};

let post: Cell<Post>;
beforeEach(() => {
  const planned = newPost(input('hero_text'), NOW.toISOString());
  post = createCell<Post>({
    ...planned,
    words: { ...planned.words, draft },
    work: planned.work.stale.reduce(finishStep, planned.work),
    decisions: openGate(enterStatus(planned.decisions, 'awaiting_approval'), 'publish', NOW),
  });
});

/** As a signal reaches the post. */
function edit(title: string, by = 'mo'): void {
  const { revision } = post.value.decisions;
  post.change((now) => applyDecision(now, { kind: 'edit', by, note: null, changes: { title } }, NOW));
  const entry = { decision: 'edit', by, note: null, counted: true } as const;
  post.change((now) => ({
    ...now,
    decisions: noteDecision(now.decisions, entry, { revision, gate: null }, NOW),
  }));
  post.change(keepRevision);
}
const carried = (): readonly (string | number)[][] =>
  revisionsToRecord(post.value).map(({ revision, title, by }) => [revision, title, by]);

it('one edit needs nothing beside the record of the post itself', () => {
  edit('Two');
  expect(carried()).toEqual([]);
});

it('of several edits in one turn each is carried, whoever made it', () => {
  edit('Two');
  edit('Three', 'ana');
  edit('Four');
  expect(carried()).toEqual([
    [2, 'Two', 'mo'],
    [3, 'Three', 'ana'],
  ]);
});

it('what was edited and then rejected in the same turn is carried too', () => {
  edit('Two');
  post.change((now) => applyDecision(now, { kind: 'reject', by: 'mo', note: 'no' }, NOW));
  expect(carried()).toEqual([[2, 'Two', 'mo']]);
});

it('a record that carries them is enough', () => {
  edit('Two');
  edit('Three');
  post.change(forgetRevisions);
  expect(carried()).toEqual([]);
  edit('Four');
  expect(carried()).toEqual([]);
});

it('of a flood the newest are carried, as many as a record has room for', () => {
  const body = 'x'.repeat(3_000);
  post.change((now) => ({ ...now, words: { ...now.words, draft: { ...draft, body } } }));
  for (let n = 2; n <= 60; n += 1) edit(`Number ${n}`);
  const revisions = revisionsToRecord(post.value);
  expect(JSON.stringify(revisions).length).toBeLessThan(110_000);
  expect(revisions.length).toBeGreaterThan(10);
  expect(revisions.at(-1)?.revision).toBe(59);
});

it('a post of an earlier version has none', () => {
  expect(revisionsToRecord({ ...post.value, unrecorded: undefined })).toEqual([]);
});
