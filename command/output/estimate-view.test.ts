import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { BatchEstimate, PlannedBatch } from '../../contract/money/prices/estimate.js';
import { loadAccount } from '../../config/accounts/load.js';
import { estimateDocument, estimateView } from './estimate-view.js';

const sample = await loadAccount('accounts', 'crumbandcrust');
const colors = pc.createColors(false);
const order: PlannedBatch = {
  account: { ...sample, budget: { batch: 5_000_000_000, month: 400_000_000, confirmOver: 500_000_000 } },
  planner: 'sourdough',
  mix: { video: 1, hero_text: 1 },
  brief: null,
  budget: 2_500_000_000,
};
const estimate = (change: Partial<BatchEstimate> = {}): BatchEstimate => ({
  calls: [
    { step: 'plan', model: 'gpt-6.1-terra', calls: 1, dearest: 3_000_001, total: 3_000_001, known: true },
    { step: 'draft', model: 'llama-7', calls: 2, dearest: 62_000_000, total: 96_500_000, known: false },
    { step: 'video', model: 'fal-ai/x', calls: 1, dearest: 560_000_000, total: 560_000_000, known: true },
  ],
  total: 659_500_001,
  fitsBatch: true,
  fitsMonth: true,
  confirm: [],
  ...change,
});

describe('estimateView', () => {
  it('shows each step with its calls, the dearest one, and the sum against the budget', () => {
    expect(estimateView(order, estimate(), colors).split('\n')).toEqual([
      'Nothing is started. This batch would be 1 video, 1 hero_text by sourdough of @crumbandcrust:',
      '',
      'STEP   MODEL          CALLS         EACH  ESTIMATE',
      'Plan   gpt-6.1-terra      1      $0.0030   $0.0030',
      'Draft  llama-7            2  up to $0.06     $0.10',
      'Video  fal-ai/x           1        $0.56     $0.56',
      'total                     4                  $0.66',
      '',
      "It fits the batch's budget of $2.50.",
      'Draft: llama-7 is not in the price table; the dearest price we know stands in (copydesk prices check).',
      '',
      expect.stringMatching(/To start the batch, leave --dry-run out\.$/),
    ]);
  });

  it('says what would wait: over the batch, over the month, over what a person is asked about', () => {
    const over = estimate({ fitsBatch: false, fitsMonth: false, confirm: ['plan', 'video'] });
    const text = estimateView(order, over, colors);
    for (const words of [
      "over the batch's budget of $2.50: what does not fit would wait as blocked. Give --budget 0.659500001 or more",
      "over the account's budget.month of $0.40",
      "Video: $0.56 is over the account's budget.confirmOver of $0.50; each waits for a person (copydesk resume).",
      'each waits for a person (copydesk batch resume).',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('It fits');
  });
});

describe('estimateDocument', () => {
  it('is exact to the nano-dollar', () => {
    expect(estimateDocument(estimate({ confirm: ['video'] }), 2_500_000_001)).toEqual({
      dryRun: true,
      estimateUsd: 0.659500001,
      budgetUsd: 2.500000001,
      fits: true,
      confirm: ['video'],
      calls: [
        { step: 'plan', model: 'gpt-6.1-terra', calls: 1, estimateUsd: 0.003000001 },
        { step: 'draft', model: 'llama-7', calls: 2, estimateUsd: 0.0965 },
        { step: 'video', model: 'fal-ai/x', calls: 1, estimateUsd: 0.56 },
      ],
    });
  });

  it.each([{ fitsBatch: false }, { fitsMonth: false }])('does not fit where %j', (change) => {
    expect(estimateDocument(estimate(change), 0).fits).toBe(false);
  });
});
