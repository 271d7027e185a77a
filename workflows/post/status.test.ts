import { describe, expect, it } from 'vitest';
import { post } from '../../activities/testing/samples.js';
import type { Draft } from '../../contract/draft.js';
import type { Charge } from '../../contract/money/charge.js';
import { charge } from '../../services/archive/sample-records.js';
import { addCharges } from '../paid/charges.js';
import { changeRow, type StepRow } from './state/rows.js';
import { newPost, type Post } from './state/state.js';
import { postReport, postStatus } from './status.js';
import { redoSteps } from './state/work.js';

const NOW = '2026-11-24T09:00:00.000Z';

const withRow = (one: Post, step: StepRow['step'], change: (row: StepRow) => StepRow): Post => ({
  ...one,
  work: { ...one.work, rows: changeRow(one.work.rows, step, change) },
});
const withDraft = (one: Post, draft: Draft): Post => ({ ...one, words: { ...one.words, draft } });
const pay = (one: Post, ...charges: Charge[]): Post =>
  charges.reduce(
    (paid, each) => withRow(paid, each.step as StepRow['step'], (row) => addCharges(row, [each])),
    one,
  );

/** A video whose first draft was refused, whose first picture was redone, and one of whose answers was lost. */
function filmed(): Post {
  return pay(
    newPost(post('video'), NOW),
    charge('draft', { key: 'd1', amount: 4_200_001, basis: 'priced', outcome: 'rule_broken' }),
    charge('draft', { key: 'd2', amount: 501_000, basis: 'unknown', outcome: 'lost' }),
    charge('draft', { key: 'd3', amount: 10, basis: 'priced' }),
    charge('hero_image', { key: 'h1', amount: 60_000_000, basis: 'metered', outcome: 'refused' }),
    charge('hero_image', { key: 'h2', amount: 60_000_000, basis: 'metered' }),
    charge('video', { key: 'v1', amount: 560_000_000, basis: 'metered' }),
    charge('video', { key: 'v2', amount: 560_000_000, basis: 'unknown', outcome: 'lost' }),
  );
}

describe('the status of a post', () => {
  it('has rows that sum to its cost, to the nano-dollar, whatever became of the work', () => {
    const { pipeline, costUsd } = postStatus(filmed());
    expect(pipeline.map(({ step, costUsd: cost }) => [step, cost])).toEqual([
      ['plan', 0],
      ['draft', 0.004200011],
      ['hero_image', 0.12],
      ['video', 0.56],
      ['review', 0],
      ['publish', 0],
    ]);
    const nano = pipeline.map((row) => Math.round(row.costUsd * 1e9));
    expect(nano.reduce((sum, one) => sum + one, 0)).toBe(684_200_011);
    expect(costUsd).toBe(0.684200011);
  });

  it('keeps the costs of a picture that was made again, on the row of the old one', () => {
    const painted = withRow(filmed(), 'hero_image', (row) => ({
      ...row,
      ...{ state: 'done', asset: 'UpkTZ26nc9Eb_hero.png' },
    }));
    const revised = { ...painted, work: redoSteps(painted.work, ['hero_image'], 2) };
    const again = charge('hero_image', { key: 'h3', amount: 60_000_000, basis: 'metered' });
    const { pipeline, costUsd } = postStatus(pay(revised, again));
    const pictures = pipeline.filter((row) => row.step === 'hero_image');
    expect(pictures.map((row) => [row.costUsd, row.asset])).toEqual([
      [0.12, 'UpkTZ26nc9Eb_hero.png'],
      [0.06, null],
    ]);
    expect(costUsd).toBe(0.744200011);
  });

  it('keeps what is unknown apart', () => {
    expect(postStatus(filmed()).unknownUsd).toBe(0.560501);
    expect(postReport(filmed())).toMatchObject({ cost: 684_200_011, unknown: 560_501_000 });
  });

  it('is that of a planned post at its start', () => {
    const status = postStatus(
      newPost(post('hero_text', { brief: 'Only things that float.', repeat: 'New readers' }), NOW),
    );
    expect(status).toMatchObject({
      id: 'UpkTZ26nc9Eb',
      account: 'harbor',
      batchId: 'Zr4hK8vYp1Nc',
      status: 'drafting',
      revision: 1,
      title: 'Why a harbor clock runs on two times',
      brief: 'Only things that float.',
      repeat: 'New readers',
      body: null,
      caption: '',
      hashtags: [],
      costUsd: 0,
      unknownUsd: 0,
      createdAt: NOW,
      error: null,
    });
    expect(status.pipeline.map(({ step, label, state }) => [step, label, state])).toEqual([
      ['plan', 'Plan', 'done'],
      ['draft', 'Draft', 'pending'],
      ['hero_image', 'Hero image', 'pending'],
      ['review', 'Review', 'pending'],
      ['publish', 'Publish', 'pending'],
    ]);
    expect(status.pipeline[0]?.note).toMatch(/batch/);
    expect(status.pipeline[1]).not.toHaveProperty('note');
  });

  it('has the title and the words of the draft once there is one', () => {
    const written = withDraft(newPost(post('hero_text'), NOW), {
      title: 'Two times on one clock',
      body: 'A body.',
      caption: 'A caption.',
      hashtags: ['harbor'],
      imagePrompt: 'A clock',
      shot: null,
      altText: 'A clock with four hands',
    });
    expect(postStatus(written)).toMatchObject({
      title: 'Two times on one clock',
      body: 'A body.',
      caption: 'A caption.',
      hashtags: ['harbor'],
      altText: 'A clock with four hands',
    });
    expect(postReport(written).title).toBe('Two times on one clock');
  });

  it('holds the draft as it is against the house style, then what the plan missed', () => {
    const planned = { rule: 'plan.button', ok: false, detail: 'the plan’s button was cut' };
    const unwritten = newPost(post('hero_text', { checks: [planned] }), NOW);
    expect(postStatus(unwritten).checks).toEqual([planned]);
    const draft = {
      ...{
        title: 'A title',
        body: 'One.\n\nTwo.\n\nThree.\n\nThe sea keeps the other time.',
        caption: 'A caption.',
      },
      ...{ hashtags: ['ai'], imagePrompt: 'A till', shot: null, altText: 'A till' },
    };
    const missed = (hashtags: string[]) =>
      postStatus(withDraft(unwritten, { ...draft, hashtags }))
        .checks.filter(({ ok }) => !ok)
        .map(({ rule }) => rule);
    expect(missed(['ai'])).toEqual(['hashtags.count', 'plan.button']);
    expect(missed(['ai', 'llm'])).toEqual(['plan.button']);
    expect(postStatus(withDraft(unwritten, draft)).checks).toContainEqual({
      rule: 'title.length',
      ok: true,
      detail: null,
    });
  });

  it('is offline when any of it was made by a stand-in', () => {
    const real = pay(newPost(post('video', { offline: false }), NOW), charge('draft', { offline: false }));
    expect(postStatus(real).offline).toBe(false);
    expect(postStatus(pay(real, charge('hero_image', { offline: true }))).offline).toBe(true);
  });
});

describe('what the batch hears', () => {
  it.each([
    ['draft', []],
    ['hero_image', ['draft']],
    ['review', ['draft', 'hero_image', 'video']],
    [null, ['draft', 'hero_image', 'video', 'review', 'publish']],
  ] as const)('is at %s', (step, done) => {
    const planned = newPost(post('video'), NOW);
    const finish = (row: StepRow): StepRow => ({ ...row, state: 'done' });
    const made = done.reduce((before, each) => withRow(before, each, finish), planned);
    expect(postReport(made).step).toBe(step);
  });
});
