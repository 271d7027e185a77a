import { describe, expect, it } from 'vitest';
import type { Charge } from '../../contract/money/charge.js';
import { charge } from '../../services/archive/sample-records.js';
import { addCharges } from '../paid/row.js';
import { rowOf, type StepRow } from './state/rows.js';
import type { Post } from './state/state.js';
import { redoSteps } from './state/work.js';
import { postReport, postStatus } from './status.js';
import { NOW, sample } from './testing/sample.js';

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
