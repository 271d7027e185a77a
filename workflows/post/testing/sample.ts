import { account, post } from '../../../activities/testing/samples.js';
import type { Account } from '../../../contract/account.js';
import type { PostInput } from '../../../contract/batch.js';
import type { Draft } from '../../../contract/draft.js';
import type { Decision, DecisionName } from '../read-decision.js';
import type { Gate } from '../../../contract/states.js';
import { enterStatus, openGate, type Decisions } from '../state/decisions.js';
import { changeRow, type StepRow } from '../state/rows.js';
import { newPost, type Post } from '../state/state.js';
import { finishStep } from '../state/work.js';

export const NOW = new Date('2026-11-24T10:00:00.000Z');

/** As little as a decision of its kind says. */
const SAYS: Record<DecisionName, object> = {
  approve: { gate: null, revision: null, publishAt: null },
  reject: { note: 'no' },
  cancel: {},
  resume: {},
  reschedule: { note: 'to now', publishAt: 'now' },
  revise: { note: 'darker', redo: 'text' },
  edit: { changes: {} },
};

/** Posts and decisions for tests; what a test cares about it changes. */
export const sample = {
  draft: {
    title: 'Two times on one clock',
    body: 'One.\n\nTwo.\n\nThree.\n\nThe sea keeps the other time.',
    caption: 'Two times on one clock, and why.',
    hashtags: ['harbor', 'clocks'],
    imagePrompt: 'A clock',
    shot: null,
    altText: 'A clock with four hands',
  } as Draft,
  account: (change: Partial<Account>): { account: Account } => ({ account: { ...account, ...change } }),
  /** Of an account that asks a person at these gates. */
  gated: (gates: readonly Gate[], change: Partial<Account> = {}): { account: Account } =>
    sample.account({ review: { ...account.review, gates }, ...change }),
  planned: (contentFormat = 'hero_text', change: Partial<PostInput> = {}): Post =>
    newPost(post(contentFormat, change), NOW.toISOString()),
  /** Made whole; it waits at gate publish. */
  made(contentFormat = 'hero_text', change: Partial<PostInput> = {}): Post {
    const planned = sample.withDraft(sample.planned(contentFormat, change));
    const atGate = (now: Decisions) => openGate(enterStatus(now, 'awaiting_approval'), 'publish', NOW);
    const work = planned.work.stale.reduce(finishStep, planned.work);
    return sample.withDecisions({ ...planned, work }, atGate);
  },
  withDraft: (before: Post, change: Partial<Draft> = {}): Post => ({
    ...before,
    words: { ...before.words, draft: { ...sample.draft, ...change } },
  }),
  withRow: (before: Post, step: StepRow['step'], change: Partial<StepRow>): Post => ({
    ...before,
    work: { ...before.work, rows: changeRow(before.work.rows, step, (row) => ({ ...row, ...change })) },
  }),
  withDecisions: (before: Post, change: (decisions: Decisions) => Decisions): Post => ({
    ...before,
    decisions: change(before.decisions),
  }),
  decision: (kind: DecisionName, more: object = {}): Decision =>
    ({ kind, by: 'ana', note: null, ...SAYS[kind], ...more }) as Decision,
};
