import { describe, expect, it } from 'vitest';
import { estimateText, plainUsage, priceText, type TextUsage } from './text-price.js';

const usage = (input: number, output: number, rest: Partial<TextUsage> = {}): TextUsage => ({
  ...plainUsage(input, output),
  ...rest,
});

// Each sum by hand: 1 USD per million tokens is 1,000 nano-USD a token.
describe('what a usage costs', () => {
  it.each<[what: string, model: string, usage: TextUsage, tier: string | null, nano: number]>([
    ['plain tokens', 'gpt-6-luna', usage(1_000, 500), null, 1_000 * 100 + 500 * 500],
    ['the tier by its name', 'gpt-6.1-terra', usage(2_000, 300), 'default', 2_000 * 1_000 + 300 * 5_000],
    [
      'reasoning, which is part of the output',
      'gpt-6.1-terra',
      usage(10, 300, { reasoning: 250 }),
      null,
      10 * 1_000 + 300 * 5_000,
    ],
    [
      'cached tokens, which are part of the input',
      'gpt-6-luna',
      usage(1_200, 300, { cached: 1_024 }),
      null,
      176 * 100 + 1_024 * 10 + 300 * 500,
    ],
    // @pydantic/genai-prices 0.1.8 has $0.0015588 for it.
    [
      'cached tokens of a model that writes for nothing',
      'gpt-5.4-mini',
      usage(1_200, 300, { cached: 1_024 }),
      null,
      1_558_800, // 176 * 750 + 1,024 * 75 + 300 * 4,500
    ],
    // @pydantic/genai-prices 0.1.8 has $0.0006512 for it.
    [
      'tokens written for 30 minutes',
      'gpt-5.6-luna',
      usage(1_200, 300, { cacheWrite: 1_024 }),
      null,
      651_200, // 176 * 200 + 1,024 * 250 + 300 * 1,200
    ],
    [
      'tokens written for 12 hours',
      'gpt-5.6-luna',
      usage(1_200, 300, { cacheWrite: 1_024, cacheWrite12h: 1_024 }),
      null,
      176 * 200 + 1_024 * 500 + 300 * 1_200,
    ],
    [
      'tokens written for both, and cached ones',
      'gpt-6.1-terra',
      usage(4_000, 100, { cached: 1_000, cacheWrite: 2_000, cacheWrite12h: 500 }),
      null,
      1_000 * 1_000 + 1_000 * 50 + 1_500 * 1_250 + 500 * 2_500 + 100 * 5_000,
    ],
    [
      'tokens written where a written one costs what a plain one does',
      'gpt-5.4',
      usage(2_000, 10, { cacheWrite: 1_024, cacheWrite12h: 24 }),
      null,
      2_000 * 2_500 + 10 * 15_000,
    ],
    ['flex, half', 'gpt-6.1-terra', usage(1_000, 100), 'flex', (1_000 * 1_000 + 100 * 5_000) / 2],
    ['batch, half', 'gpt-6-sol', usage(1_000, 100), 'batch', (1_000 * 2_000 + 100 * 10_000) / 2],
    ['priority, twice', 'gpt-6.1-terra', usage(1_000, 100), 'priority', (1_000 * 1_000 + 100 * 5_000) * 2],
    [
      'priority of the model where it is two and a half times',
      'gpt-5.5',
      usage(1_000, 100, { cached: 200 }),
      'priority',
      800 * 12_500 + 200 * 1_250 + 100 * 75_000,
    ],
    ['ultrafast, six times', 'gpt-6.1-sol', usage(1_000, 100), 'ultrafast', 1_000 * 12_000 + 100 * 60_000],
    [
      'input exactly on the long-context line',
      'gpt-6.1-terra',
      usage(272_000, 100),
      null,
      272_000 * 1_000 + 100 * 5_000,
    ],
    [
      'one token over it, which makes the whole request dearer',
      'gpt-6.1-terra',
      usage(272_001, 100),
      null,
      272_001 * 2_000 + 100 * 7_500,
    ],
    [
      'over it at the flex tier, with cached and written tokens',
      'gpt-6-luna',
      usage(300_000, 1_000, { cached: 100_000, cacheWrite: 50_000, cacheWrite12h: 10_000 }),
      'flex',
      (150_000 * 200 + 100_000 * 20 + 40_000 * 250 + 10_000 * 500 + 1_000 * 750) / 2,
    ],
    ['a dated name', 'gpt-6-luna-2026-09-01', usage(3, 2), null, 3 * 100 + 2 * 500],
    // 5 for the cached token and 62.5 for the written one: 67.5.
    [
      'half a nano-dollar, rounded up once',
      'gpt-6-luna',
      usage(2, 0, { cached: 1, cacheWrite: 1 }),
      'flex',
      68,
    ],
    // 62.5 twice is 125: rounding each would make it 126.
    ['two halves, which make a whole', 'gpt-6-luna', usage(2, 0, { cacheWrite: 2 }), 'flex', 125],
    // 37.5 for a cached token at half price.
    ['half a nano-dollar alone', 'gpt-5.4-mini', usage(1, 0, { cached: 1 }), 'batch', 38],
    ['nothing', 'gpt-6-luna', usage(0, 0), null, 0],
  ])('%s', (_, model, tokens, tier, nano) => {
    expect(priceText(model, tokens, tier)?.amount).toBe(nano);
  });

  it.each(['llama-7', 'gpt-6-luna-turbo', 'constructor', ''])('is not known for %j', (model) => {
    expect(priceText(model, usage(1, 1), null)).toBeNull();
  });
});

it('estimates an unknown model at the dearest price, never at 0', () => {
  expect(estimateText('llama-7', usage(1, 1)).amount).toBe(10_000 + 50_000);
  expect(estimateText('gpt-6-luna', usage(1, 1)).amount).toBe(100 + 500);
});
