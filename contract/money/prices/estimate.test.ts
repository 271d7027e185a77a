import { describe, expect, it } from 'vitest';
import { loadAccount } from '../../../config/accounts/load.js';
import type { Account, Budgets, Models } from '../../account.js';
import { formatOf } from '../../formats/registry.js';
import { estimateBatch, type PlannedBatch } from './estimate.js';
import { OWN_SERVER } from './text-rate.js';
import { draftUsage, planUsage } from './usual.js';

const sample = await loadAccount('accounts', 'crumbandcrust');
const planner = 'sourdough';

const accountWith = (models: Partial<Models> = {}, budget: Partial<Budgets> = {}): Account => ({
  ...sample,
  models: { ...sample.models, ...models },
  budget: { batch: 3_000_000_000, ...budget },
});

const order = (change: Partial<PlannedBatch> = {}): PlannedBatch => ({
  ...{ account: accountWith(), planner, mix: { video: 1, hero_text: 4 }, brief: null, budget: 3_000_000_000 },
  ...change,
});

/** Nano-USD of a plan by gpt-6.1-terra and of a draft by gpt-6-luna, from the tokens that they are expected to take. */
const planCost = (items: number, titles: number): number => {
  const { input } = planUsage({ account: sample, planner, mix: { hero_text: items }, brief: null, titles });
  return input * 1_000 + items * 250 * 5_000;
};
const draftCost = (name: string, output: number): number =>
  draftUsage({ account: sample, planner, format: formatOf(name), brief: null }).input * 100 + output * 500;

describe('the calls of a batch', () => {
  it('are a plan, a draft and a picture for each post, and a clip for each video', () => {
    const { calls, total } = estimateBatch(order());
    const drafts = 4 * draftCost('hero_text', 1_000) + draftCost('video', 450);
    expect(calls.slice(1)).toEqual([
      {
        ...{ step: 'draft', model: 'gpt-6-luna', calls: 5, known: true },
        ...{ dearest: draftCost('hero_text', 1_000), total: drafts },
      },
      {
        ...{ step: 'hero_image', model: 'fal-ai/flux-pro/v1.1-ultra', calls: 5, known: true },
        ...{ dearest: 60_000_000, total: 5 * 60_000_000 },
      },
      {
        ...{ step: 'video', model: 'fal-ai/kling-video/v3/pro/image-to-video', calls: 1, known: true },
        ...{ dearest: 5 * 112_000_000, total: 5 * 112_000_000 },
      },
    ]);
    expect(calls[0]).toMatchObject({ step: 'plan', model: 'gpt-6.1-terra', calls: 1, known: true });
    expect(total).toBe(calls.reduce((sum, row) => sum + row.total, 0));
  });

  it('cost no text on a server of one’s own, whatever its model is called', () => {
    const account = accountWith({ draft: 'qwen3' });
    const { calls, total } = estimateBatch(order({ account, textRate: OWN_SERVER }));
    expect(calls.slice(0, 2)).toMatchObject([
      { step: 'plan', model: 'gpt-6.1-terra', total: 0, known: true },
      { step: 'draft', model: 'qwen3', total: 0, known: true },
    ]);
    expect(total).toBe(5 * 60_000_000 + 5 * 112_000_000);
  });

  it('hold no step that the mix does not need', () => {
    const { calls } = estimateBatch(order({ mix: { hero_text: 1 } }));
    expect(calls.map(({ step }) => step)).toEqual(['plan', 'draft', 'hero_image']);
  });

  it('are pages of at most 20 items to plan, each told of the titles before it', () => {
    const { calls } = estimateBatch(order({ mix: { hero_text: 45 } }));
    const pages = [planCost(20, 0), planCost(20, 20), planCost(5, 40)];
    expect(calls[0]).toEqual({
      ...{ step: 'plan', model: 'gpt-6.1-terra', calls: 3, known: true },
      ...{ dearest: planCost(20, 20), total: pages.reduce((sum, page) => sum + page, 0) },
    });
  });

  it('cost more with a brief, which planner and drafter read', () => {
    const [without, with_] = [estimateBatch(order()), estimateBatch(order({ brief: 'x'.repeat(4_000) }))];
    // 1,000 tokens more for the plan, and for each of five drafts.
    expect(with_.total - without.total).toBe(1_000 * 1_000 + 5 * 1_000 * 100);
  });

  it('take the dearest price for a model that the table lacks, and say so', () => {
    const account = accountWith({ draft: 'llama-7', video: 'someone/new' });
    const { calls } = estimateBatch(order({ account }));
    expect(calls.map(({ known }) => known)).toEqual([true, false, true, false]);
    expect(calls[3]).toMatchObject({ dearest: 5 * 682_000_000 });
  });

  it('of the most posts that a batch may have are counted exactly', () => {
    const { calls, total } = estimateBatch(order({ mix: { video: 2_000 } }));
    expect(calls.map((row) => row.calls)).toEqual([100, 2_000, 2_000, 2_000]);
    expect(Number.isSafeInteger(total)).toBe(true);
    expect(calls[3]?.total).toBe(2_000 * 560_000_000);
  });
});

describe('the limits', () => {
  const { total } = estimateBatch(order());

  it('are kept by an estimate that is exactly as much, and not by a nano-dollar more', () => {
    const account = (month: number | null) => accountWith({}, { month });
    expect(estimateBatch(order({ budget: total, account: account(total) }))).toMatchObject({
      fitsBatch: true,
      fitsMonth: true,
    });
    expect(estimateBatch(order({ budget: total - 1, account: account(total - 1) }))).toMatchObject({
      fitsBatch: false,
      fitsMonth: false,
    });
    expect(estimateBatch(order({ account: account(null) })).fitsMonth).toBe(true);
  });

  it.each<[confirmOver: number | null | undefined, confirm: string[]]>([
    [undefined, []],
    [null, []],
    [560_000_000, []],
    [559_999_999, ['video']],
    [59_999_999, ['hero_image', 'video']],
    [0, ['plan', 'draft', 'hero_image', 'video']],
  ])('with confirmOver %s, a person is asked about %j', (confirmOver, confirm) => {
    const account = accountWith({}, confirmOver === undefined ? {} : { confirmOver });
    expect(estimateBatch(order({ account })).confirm).toEqual(confirm);
  });
});
