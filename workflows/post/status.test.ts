import { describe, expect, it, beforeEach } from 'vitest';
import type { Charge } from '../../contract/money/charge.js';
import { charge } from '../../services/archive/sample-records.js';
import { addCharges } from '../paid/row.js';
import { rowOf, type StepRow } from './state/rows.js';
import type { Post } from './state/state.js';
import { redoSteps } from './state/work.js';
import { postReport, postStatus, forgetRevisions, keepRevision, revisionsToRecord } from './status.js';
import { NOW, sample } from './testing/sample.js';
import { createCell, type Cell } from '../cell.js';
import { applyDecision } from './apply-decision.js';
import { noteDecision } from './state/decisions.js';

const { planned, withDraft, withRow } = sample;
const pay = (one: Post, ...charges: Charge[]): Post =>
  charges.reduce((paid, each) => {
    const step = each.step as StepRow['step'];
    return withRow(paid, step, addCharges(rowOf(paid.work.rows, step), [each]));
  }, one);

/** A video whose first draft was refused, whose first picture was redone, and one of whose answers was lost. */
const filmed = pay(
  planned('video'),
  charge('draft', { key: 'd1', amount: 4_200_001, basis: 'priced', outcome: 'rule_broken' }),
  charge('draft', { key: 'd2', amount: 501_000, basis: 'unknown', outcome: 'lost' }),
  charge('draft', { key: 'd3', amount: 10, basis: 'priced' }),
  charge('hero_image', { key: 'h1', amount: 60_000_000, basis: 'metered', outcome: 'refused' }),
  charge('hero_image', { key: 'h2', amount: 60_000_000, basis: 'metered' }),
  charge('video', { key: 'v1', amount: 560_000_000, basis: 'metered' }),
  charge('video', { key: 'v2', amount: 560_000_000, basis: 'unknown', outcome: 'lost' }),
);

describe('the status of a post', () => {
  it('has rows that sum to its cost, to the nano-dollar, whatever became of the work; the unknown stands apart', () => {
    const { pipeline, costUsd, unknownUsd } = postStatus(filmed);
    expect(pipeline.map((row) => row.costUsd)).toEqual([0, 0.004200011, 0.12, 0.56, 0, 0]);
    expect([costUsd, unknownUsd]).toEqual([0.684200011, 0.560501]);
    expect(postReport(filmed)).toMatchObject({ cost: 684_200_011, unknown: 560_501_000 });
  });

  it('keeps the costs of a picture that was made again, on the row of the old one', () => {
    const painted = withRow(filmed, 'hero_image', { state: 'done', asset: 'UpkTZ26nc9Eb_hero.png' });
    const revised = { ...painted, work: redoSteps(painted.work, ['hero_image'], 2) };
    const again = charge('hero_image', { key: 'h3', amount: 60_000_000, basis: 'metered' });
    const { pipeline, costUsd } = postStatus(pay(revised, again));
    expect(pipeline.filter((row) => row.step === 'hero_image')).toMatchObject([
      { costUsd: 0.12, asset: 'UpkTZ26nc9Eb_hero.png' },
      { costUsd: 0.06, asset: null },
    ]);
    expect(costUsd).toBe(0.744200011);
  });

  it('is that of a planned post at its start', () => {
    const asked = { brief: 'Only things that float.', repeat: 'New readers' };
    const status = postStatus(planned('hero_text', asked));
    const whose = { id: 'UpkTZ26nc9Eb', account: 'harbor', batchId: 'Zr4hK8vYp1Nc', ...asked };
    expect(status).toMatchObject({ ...whose, status: 'drafting', revision: 1, createdAt: NOW.toISOString() });
    const words = { title: 'Why a harbor clock runs on two times', body: null, caption: '', hashtags: [] };
    expect(status).toMatchObject({ ...words, error: null, costUsd: 0, unknownUsd: 0 });
    const [plan, ...rest] = status.pipeline;
    expect(plan).toMatchObject({ label: 'Plan', state: 'done', note: 'paid by the batch' });
    const shown = rest.map(({ label, state, note = '' }) => `${label}: ${state}${note}`);
    expect(shown).toEqual(['Draft: pending', 'Hero image: pending', 'Review: pending', 'Publish: pending']);
  });

  it('has the title and the words of the draft once there is one', () => {
    const written = withDraft(planned());
    const { title, body, caption, hashtags, altText } = sample.draft;
    expect(postStatus(written)).toMatchObject({ title, body, caption, hashtags, altText });
    expect(postReport(written).title).toBe(title);
  });

  it('holds the draft as it is against the house style, then what the plan missed', () => {
    const cut = { rule: 'plan.button', ok: false, detail: 'the plan’s button was cut' };
    const unwritten = planned('hero_text', { checks: [cut] });
    expect(postStatus(unwritten).checks).toEqual([cut]);
    const checksOf = (hashtags: string[]) => postStatus(withDraft(unwritten, { hashtags })).checks;
    const missed = (hashtags: string[]) => checksOf(hashtags).flatMap(({ ok, rule }) => (ok ? [] : [rule]));
    expect(missed(['ai'])).toEqual(['hashtags.count', 'plan.button']);
    expect(missed(['ai', 'llm'])).toEqual(['plan.button']);
    expect(checksOf(['ai'])).toContainEqual({ rule: 'title.length', ok: true, detail: null });
    const like = { rule: 'body.fresh', ok: false, detail: 'like another' };
    expect(postStatus(withDraft(unwritten, { checks: [like] })).checks).toContainEqual(like);
  });

  it('is offline when any of it was made by a stand-in', () => {
    const real = pay(planned('video', { offline: false }), charge('draft', { offline: false }));
    expect(postStatus(real).offline).toBe(false);
    expect(postStatus(pay(real, charge('hero_image', { offline: true }))).offline).toBe(true);
  });
});

it.each([
  ['draft', []],
  ['hero_image', ['draft']],
  ['review', ['draft', 'hero_image', 'video']],
  [null, ['draft', 'hero_image', 'video', 'review', 'publish']],
] as const)('the batch hears that a post is at %s', (step, done) => {
  const made = done.reduce((before, each) => withRow(before, each, { state: 'done' }), planned('video'));
  expect(postReport(made).step).toBe(step);
});

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
