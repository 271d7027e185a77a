import { describe, expect, it } from 'vitest';
import { post } from '../../activities/testing/samples.js';
import type { Charge } from '../../contract/money/charge.js';
import { charge } from '../../services/archive/sample-records.js';
import { newRun, redoSteps, rowOf, type PostRun } from './run.js';
import { postReport, postStatus } from './status.js';

const NOW = '2026-11-24T09:00:00.000Z';

const pay = (run: PostRun, ...charges: Charge[]): void =>
  charges.forEach((one) => rowOf(run, one.step).charges.push(one));

/** A video whose first draft was refused, whose first picture was redone, and one of whose answers was lost. */
function filmed(): PostRun {
  const run = newRun(post('video'), NOW);
  pay(
    run,
    charge('draft', { key: 'd1', amount: 4_200_001, basis: 'priced', outcome: 'rule_broken' }),
    charge('draft', { key: 'd2', amount: 501_000, basis: 'unknown', outcome: 'lost' }),
    charge('draft', { key: 'd3', amount: 10, basis: 'priced' }),
    charge('hero_image', { key: 'h1', amount: 60_000_000, basis: 'metered', outcome: 'refused' }),
    charge('hero_image', { key: 'h2', amount: 60_000_000, basis: 'metered' }),
    charge('video', { key: 'v1', amount: 560_000_000, basis: 'metered' }),
    charge('video', { key: 'v2', amount: 560_000_000, basis: 'unknown', outcome: 'lost' }),
  );
  return run;
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
    const run = filmed();
    Object.assign(rowOf(run, 'hero_image'), { state: 'done', asset: 'UpkTZ26nc9Eb_hero.png' });
    redoSteps(run, ['hero_image']);
    pay(run, charge('hero_image', { key: 'h3', amount: 60_000_000, basis: 'metered' }));
    const { pipeline, costUsd } = postStatus(run);
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
    const status = postStatus(newRun(post('hero_text', { brief: 'Only things that float.' }), NOW));
    expect(status).toMatchObject({
      id: 'UpkTZ26nc9Eb',
      account: 'harbor',
      batchId: 'Zr4hK8vYp1Nc',
      status: 'drafting',
      revision: 1,
      title: 'Why a harbor clock runs on two times',
      brief: 'Only things that float.',
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
    const run = newRun(post('hero_text'), NOW);
    run.draft = {
      title: 'Two times on one clock',
      body: 'A body.',
      caption: 'A caption.',
      hashtags: ['harbor'],
      imagePrompt: 'A clock',
      shot: null,
      altText: 'A clock with four hands',
    };
    expect(postStatus(run)).toMatchObject({
      title: 'Two times on one clock',
      body: 'A body.',
      caption: 'A caption.',
      hashtags: ['harbor'],
      altText: 'A clock with four hands',
    });
    expect(postReport(run).title).toBe('Two times on one clock');
  });

  it('holds the draft as it is against the house style, then what the plan missed', () => {
    const planned = { rule: 'plan.button', ok: false, detail: 'the plan’s button was cut' };
    const run = newRun(post('hero_text', { checks: [planned] }), NOW);
    expect(postStatus(run).checks).toEqual([planned]);
    const draft = {
      ...{
        title: 'A title',
        body: 'One.\n\nTwo.\n\nThree.\n\nThe sea keeps the other time.',
        caption: 'A caption.',
      },
      ...{ hashtags: ['ai'], imagePrompt: 'A till', shot: null, altText: 'A till' },
    };
    const missed = () =>
      postStatus(run)
        .checks.filter(({ ok }) => !ok)
        .map(({ rule }) => rule);
    run.draft = draft;
    expect(missed()).toEqual(['hashtags.count', 'plan.button']);
    run.draft = { ...draft, hashtags: ['ai', 'llm'] };
    expect(missed()).toEqual(['plan.button']);
    expect(postStatus(run).checks).toContainEqual({ rule: 'title.length', ok: true, detail: null });
  });

  it('is offline when any of it was made by a stand-in', () => {
    const run = newRun(post('video', { offline: false }), NOW);
    pay(run, charge('draft', { offline: false }));
    expect(postStatus(run).offline).toBe(false);
    pay(run, charge('hero_image', { offline: true }));
    expect(postStatus(run).offline).toBe(true);
  });

  it('does not change with the post after it was answered', () => {
    const run = newRun(post('video'), NOW);
    const status = postStatus(run);
    rowOf(run, 'draft').state = 'running';
    run.publications.push({ target: 'feed', url: 'https://example.com', at: NOW });
    expect(status.pipeline[1]?.state).toBe('pending');
    expect(status.publications).toEqual([]);
  });
});

describe('what the batch hears', () => {
  it.each([
    ['draft', []],
    ['hero_image', ['draft']],
    ['review', ['draft', 'hero_image', 'video']],
    [null, ['draft', 'hero_image', 'video', 'review', 'publish']],
  ] as const)('is at %s', (step, done) => {
    const run = newRun(post('video'), NOW);
    for (const one of done) rowOf(run, one).state = 'done';
    expect(postReport(run).step).toBe(step);
  });
});
