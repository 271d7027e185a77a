import { expect, it } from 'vitest';
import { styleValues, fillPrompt, loadPrompt } from '../../../activities/prompts.js';
import { loadAccount } from '../../../config/accounts/load.js';
import type { Account, Budgets, Models } from '../../account.js';
import { formatOf } from '../../formats/registry.js';
import { specialMessage, type Mix } from '../../mix.js';
import { draftUsage, estimateBatch, inputTokens, planUsage, type PlannedBatch } from './estimate.js';
import { OWN_SERVER } from './text-rate.js';

const sample = await loadAccount('accounts', 'crumbandcrust');
const planner = 'sourdough';
const { covers, guidance } = sample.planners[planner]!;

const BUDGET = 3_000_000_000;

/** What is estimated for an order with these models and limits. */
const estimated = (
  change: Partial<PlannedBatch> & { models?: Partial<Models>; limits?: Partial<Budgets> },
) => {
  const { models, limits, ...rest } = change;
  const account: Account = {
    ...sample,
    models: { ...sample.models, ...models },
    budget: { batch: BUDGET, ...limits },
  };
  const order = { account, planner, mix: { video: 1, hero_text: 4 }, brief: null, budget: BUDGET };
  return estimateBatch({ ...order, ...rest });
};

/** Nano-USD of a plan by gpt-6.1-terra and of a draft by gpt-6-luna, from the tokens that they are expected to take. */
const planCost = (items: number, titles: number): number => {
  const { input } = planUsage({ account: sample, planner, mix: { hero_text: items }, brief: null, titles });
  return input * 1_000 + items * 250 * 5_000;
};
const draftCost = (name: string, output: number): number =>
  draftUsage({ account: sample, planner, format: formatOf(name), brief: null }).input * 100 + output * 500;

it('the calls of a batch are a plan, a draft and a picture for each post, and a clip for each video', () => {
  const { calls, total } = estimated({});
  const drafts = 4 * draftCost('hero_text', 1_000) + draftCost('video', 450);
  const { models } = sample;
  expect(calls).toMatchObject([
    { step: 'plan', model: 'gpt-6.1-terra', calls: 1 },
    { step: 'draft', model: 'gpt-6-luna', calls: 5, dearest: draftCost('hero_text', 1_000), total: drafts },
    { step: 'hero_image', model: models.image, calls: 5, dearest: 60_000_000, total: 5 * 60_000_000 },
    { step: 'video', model: models.video, calls: 1, dearest: 560_000_000, total: 5 * 112_000_000 },
  ]);
  expect(calls.every(({ known }) => known)).toBe(true);
  expect(total).toBe(calls.reduce((sum, row) => sum + row.total, 0));
});

it('the calls of a batch cost no text on a server of one’s own, whatever its model is called', () => {
  const { calls, total } = estimated({ models: { draft: 'qwen3' }, textRate: OWN_SERVER });
  expect(calls.slice(0, 2)).toMatchObject([
    { step: 'plan', model: 'gpt-6.1-terra', total: 0, known: true },
    { step: 'draft', model: 'qwen3', total: 0, known: true },
  ]);
  expect(total).toBe(5 * 60_000_000 + 5 * 112_000_000);
});

it('the calls of a batch hold no step that the mix does not need', () => {
  const { calls } = estimated({ mix: { hero_text: 1 } });
  expect(calls.map(({ step }) => step)).toEqual(['plan', 'draft', 'hero_image']);
});

it('the calls of a batch are pages of at most 20 items to plan, each told of the titles before it', () => {
  const [plan] = estimated({ mix: { hero_text: 45 } }).calls;
  const total = planCost(20, 0) + planCost(20, 20) + planCost(5, 40);
  expect(plan).toMatchObject({ step: 'plan', calls: 3, known: true, dearest: planCost(20, 20), total });
});

it('the calls of a batch cost more with a brief, which planner and drafter read', () => {
  const more = estimated({ brief: 'x'.repeat(4_000) }).total - estimated({}).total;
  // 1,000 tokens more for the plan, and for each of five drafts.
  expect(more).toBe(1_000 * 1_000 + 5 * 1_000 * 100);
});

it('the calls of a batch take the dearest price for a model that the table lacks, and say so', () => {
  const { calls } = estimated({ models: { draft: 'llama-7', video: 'someone/new' } });
  expect(calls.map(({ known }) => known)).toEqual([true, false, true, false]);
  expect(calls[3]).toMatchObject({ dearest: 5 * 682_000_000 });
});

it('the calls of a batch of the most posts that a batch may have are counted exactly', () => {
  const { calls, total } = estimated({ mix: { video: 2_000 } });
  expect(calls.map((row) => row.calls)).toEqual([100, 2_000, 2_000, 2_000]);
  expect(Number.isSafeInteger(total)).toBe(true);
  expect(calls[3]?.total).toBe(2_000 * 560_000_000);
});

const { total } = estimated({});

it.each([
  [total, total, true, true],
  [total - 1, total - 1, false, false],
  [total, null, true, true],
])('the limits of %d a batch and %s a month are kept: %s, %s', (budget, month, fitsBatch, fitsMonth) => {
  expect(estimated({ budget, limits: { month } })).toMatchObject({ fitsBatch, fitsMonth });
});

it.each<[limits: Partial<Budgets>, confirm: string[]]>([
  [{}, []],
  [{ confirmOver: null }, []],
  [{ confirmOver: 560_000_000 }, []],
  [{ confirmOver: 559_999_999 }, ['video']],
  [{ confirmOver: 59_999_999 }, ['hero_image', 'video']],
  [{ confirmOver: 0 }, ['plan', 'draft', 'hero_image', 'video']],
])('the limits of %j have a person asked about %j', (limits, confirm) => {
  expect(estimated({ limits }).confirm).toEqual(confirm);
});

/** The tokens that the real prompt takes by the same rule of thumb. */
function tokensOf(name: string, values: Record<string, string>): number {
  const common = { ...styleValues(sample), planner, covers, again: '', revise: '' };
  const { instructions, input } = fillPrompt(loadPrompt(name), { ...common, ...values });
  return inputTokens(instructions.length + input.length);
}
/** Within a twentieth. */
const within = (expected: number, real: number): void => {
  expect(expected).toBeGreaterThan(real * 0.95);
  expect(expected).toBeLessThan(real * 1.05);
};

it.each<[mix: Mix, titles: number, brief: string | null]>([
  [{ hero_text: 1 }, 0, null],
  [{ video: 4, hero_text: 16 }, 40, 'Autumn rye. '.repeat(100)],
])('what is expected is near the real prompt of a plan of %j after %d titles', (mix, titles, brief) => {
  const names = Object.keys(mix);
  const taken = Array(titles).fill('- A crust that came out pale, and what the oven did to it');
  const real = tokensOf('plan', {
    guidance,
    formatNames: names.map((name) => `"${name}"`).join(', '),
    formats: names.map((name) => `- ${name}: ${formatOf(name).purpose}`).join('\n'),
    specialMessage: specialMessage(mix),
    takenTitles: taken.join('\n') || 'none',
    recentPosts: '',
    news: '',
    newsField: '',
    brief: brief === null ? '' : `The editor's brief for this batch:\n${brief}`,
  });
  within(planUsage({ account: sample, planner, mix, brief, titles }).input, real);
});

it.each(['hero_text', 'video'])('what is expected is near the real prompt of a draft as %s', (name) => {
  const title = 'Why your starter smells of nail varnish';
  const item = { topic: 't'.repeat(120), angle: 'a'.repeat(370), rationale: 'r'.repeat(350) };
  const rest = { newsPeg: 'none, an evergreen', button: 'b'.repeat(80), brief: '' };
  const real = tokensOf(`draft_${name}`, { title, ...item, ...rest });
  within(draftUsage({ account: sample, planner, format: formatOf(name), brief: null }).input, real);
});
