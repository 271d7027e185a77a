import { describe, expect, it } from 'vitest';
import type { TextUsage } from '../text/text.js';
import { estimateText, priceText } from './text-price.js';

const usage = (input: number, output: number, rest: Partial<TextUsage> = {}): TextUsage => ({
  input,
  output,
  cached: 0,
  cacheWrite: 0,
  reasoning: 0,
  ...rest,
});

// Each sum by hand: tokens times USD per million, in nano-USD (1 USD per million is 1,000 nano-USD a token).
describe('priceText', () => {
  it.each([
    ['gpt-6-luna', usage(1_000, 500), null, 1_000 * 100 + 500 * 500],
    ['gpt-6.1-terra', usage(2_000, 300), null, 2_000 * 1_000 + 300 * 5_000],
    ['gpt-6-luna', usage(1_200, 300, { cached: 1_024 }), null, 176 * 100 + 1_024 * 10 + 300 * 500],
    ['gpt-5.6-luna', usage(1_200, 300, { cacheWrite: 1_024 }), null, 176 * 200 + 1_024 * 250 + 300 * 1_200],
    ['gpt-6.1-terra', usage(1_000, 100), 'flex', (1_000 * 1_000 + 100 * 5_000) / 2],
    ['gpt-6.1-terra', usage(1_000, 100), 'priority', (1_000 * 1_000 + 100 * 5_000) * 2],
    ['gpt-6.1-terra', usage(300_000, 100), null, 300_000 * 1_000 * 2 + 100 * 5_000 * 1.5],
    ['gpt-5.4-mini', usage(1_200, 300, { cached: 1_024 }), null, 1_558_800],
  ])('%s %j %s', (model, tokens, tier, nano) => {
    expect(priceText(model, tokens, tier)?.amount).toBe(nano);
  });

  it('rounds half a nano-dollar up, once', () => {
    // One cached token of gpt-6-luna at the flex tier is 5; with a written one, 5 + 62.5.
    expect(priceText('gpt-6-luna', usage(2, 0, { cached: 1, cacheWrite: 1 }), 'flex')?.amount).toBe(68);
  });

  it('knows a dated name, and no unknown one', () => {
    expect(priceText('gpt-6-luna-2026-09-01', usage(1, 0), null)?.amount).toBe(100);
    expect(priceText('llama-7', usage(1, 0), null)).toBeNull();
  });
});

it('estimates an unknown model at the dearest price, never at 0', () => {
  expect(estimateText('llama-7', usage(1, 1)).amount).toBe(10_000 + 50_000);
});
