import { beforeEach, expect, it } from 'vitest';
import { createCell, type Cell } from '../cell.js';
import { applyDecision } from './apply-decision.js';
import { noteDecision } from './state/decisions.js';
import type { Post } from './state/state.js';
import { NOW, sample } from './testing/sample.js';
import { forgetRevisions, keepRevision, revisionsToRecord } from './status.js';

let post: Cell<Post>;
beforeEach(() => {
  post = createCell(sample.made());
});

/** As a signal reaches the post. */
function edit(title: string, by = 'mo'): void {
  const { revision } = post.value.decisions;
  post.change((now) => applyDecision(now, sample.decision('edit', { by, changes: { title } }), NOW));
  const entry = { decision: 'edit', by, note: null, counted: true } as const;
  post.change((now) =>
    sample.withDecisions(now, (before) => noteDecision(before, entry, { revision, gate: null }, NOW)),
  );
  post.change(keepRevision);
}
const carried = (): string[] =>
  revisionsToRecord(post.value).map(({ revision, title, by }) => `${revision} ${title} ${by}`);

it('one edit needs nothing beside the record of the post itself', () => {
  edit('Two');
  expect(carried()).toEqual([]);
});

it('of several edits in one turn each is carried, whoever made it', () => {
  edit('Two');
  edit('Three', 'ana');
  edit('Four');
  expect(carried()).toEqual(['2 Two mo', '3 Three ana']);
});

it('what was edited and then rejected in the same turn is carried too', () => {
  edit('Two');
  post.change((now) => applyDecision(now, sample.decision('reject'), NOW));
  expect(carried()).toEqual(['2 Two mo']);
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
  post.change((now) => sample.withDraft(now, { body: 'x'.repeat(3_000) }));
  for (let n = 2; n <= 60; n += 1) edit(`Number ${n}`);
  const revisions = revisionsToRecord(post.value);
  expect(JSON.stringify(revisions).length).toBeLessThan(110_000);
  expect(revisions.length).toBeGreaterThan(10);
  expect(revisions.at(-1)?.revision).toBe(59);
});
