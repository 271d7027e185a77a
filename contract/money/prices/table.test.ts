import { describe, expect, it } from 'vitest';
import { MEDIA_BY_HAND } from './by-hand.js';
import { LITELLM_MEDIA } from './generated.js';
import { SOURCES } from './price.js';
import { MEDIA_PRICES, PRICES_AS_OF, TEXT_PRICES } from './table.js';

describe.each(Object.entries({ ...TEXT_PRICES, ...MEDIA_PRICES }))('the entry of %s', (_, price) => {
  it('has a day not after the one on which the table was gone through, and a source that is cited', () => {
    expect(price.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(new Date(price.asOf).toISOString()).toBe(`${price.asOf}T00:00:00.000Z`);
    expect(price.asOf <= PRICES_AS_OF).toBe(true);
    expect(SOURCES[price.source]).toMatch(/\w/);
  });
});

it("has what OpenAI's and fal's own pages say of the models that the sample accounts use", () => {
  const { input, cached, cacheWrite, cacheWrite12h, output } = TEXT_PRICES['gpt-6-luna']!;
  expect([input, cached, cacheWrite, cacheWrite12h, output]).toEqual(['0.1', '0.01', '0.125', '0.25', '0.5']);
  expect(TEXT_PRICES['gpt-5.5']?.tiers).toEqual({ priority: '2.5' });
  expect(MEDIA_PRICES['fal-ai/flux-pro/v1.1-ultra']).toMatchObject({ usd: '0.06', unit: 'image' });
});

it('has by hand what LiteLLM lacks, which beats it', () => {
  expect(LITELLM_MEDIA['fal-ai/flux/schnell']).toEqual(['0.003', 'image']);
  expect(MEDIA_PRICES['fal-ai/flux/schnell']).toMatchObject({ usd: '0.003', unit: 'megapixel' });
  for (const endpoint of Object.keys(MEDIA_BY_HAND).filter((name) => name !== 'fal-ai/flux/schnell'))
    expect(LITELLM_MEDIA, endpoint).not.toHaveProperty([endpoint]);
});
