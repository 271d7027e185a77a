import { expect, it } from 'vitest';
import { MEDIA_PRICES, PRICES_AS_OF, SOURCES, TEXT_PRICES } from './table.js';
import { LITELLM_MEDIA } from './generated.js';
import {
  CLIP_SECONDS,
  billedMegapixels,
  clipSeconds,
  estimateMedia,
  mediaAmount,
  orderedUnits,
  unitsIn,
} from './media-price.js';
import { MEDIA_BY_HAND } from './by-hand.js';

const ENTRIES = Object.entries({ ...TEXT_PRICES, ...MEDIA_PRICES });
it.each(ENTRIES)('the entry of %s has a day that is not to come, and a source that is cited', (_, price) => {
  expect(price.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  expect(new Date(price.asOf).toISOString()).toBe(`${price.asOf}T00:00:00.000Z`);
  expect(price.asOf <= PRICES_AS_OF).toBe(true);
  expect(SOURCES[price.source]).toMatch(/\w/);
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

it.each<[units: string, usd: string, unit: string, nano: number]>([
  ['1', '0.06', 'image', 60_000_000],
  ['4', '0.039', 'image', 4 * 39_000_000],
  ['2', '0.025', 'megapixel', 2 * 25_000_000],
  ['5', '0.112', 'second', 5 * 112_000_000],
  // A clip of three seconds that came out a little longer.
  ['3.008', '0.03', 'second', 90_240_000],
  ['5.041666667', '0.07', 'second', 352_916_667], // 352,916,666.69
  ['0.0000000005', '1', 'token', 1], // half a nano-dollar
  ['0.00000000049', '1', 'token', 0],
  ['0', '0.06', 'image', 0],
])('%s at %s USD per %s', (units, usd, unit, nano) => {
  expect(mediaAmount(units, { usd, unit })).toEqual({ amount: nano, unitPrice: `${usd} USD per ${unit}` });
});

it.each([
  [1024, 576, 1], // 589,824 pixels
  [1024, 1024, 1], // 1,048,576: exactly one
  [1025, 1024, 2],
  [1920, 1080, 2], // 2,073,600
  [2048, 1024, 2],
  [2752, 1536, 5], // 4,227,072: four and a little
])('a picture of %d by %d is billed %d megapixels', (width, height, megapixels) => {
  expect(billedMegapixels({ width, height })).toBe(megapixels);
});

it.each<[endpoint: string, step: 'hero_image' | 'video', nano: number]>([
  ['fal-ai/flux-pro/v1.1-ultra', 'hero_image', 60_000_000],
  ['fal-ai/flux/dev', 'hero_image', 1 * 25_000_000],
  ['fal-ai/flux/schnell', 'hero_image', 1 * 3_000_000],
  ['fal-ai/kling-video/v3/pro/image-to-video', 'video', 5 * 112_000_000],
  ['fal-ai/kling-video/v3/standard/image-to-video', 'video', 5 * 84_000_000],
  ['fal-ai/ltx-2.3/image-to-video', 'video', 6 * 60_000_000],
  // The dearest picture and the dearest clip that we know, never 0.
  ['someone/new', 'hero_image', 300_000_000],
  ['someone/new', 'video', 5 * 682_000_000],
  ['constructor', 'video', 5 * 682_000_000],
])('a job of %s as %s is expected to cost %d', (endpoint, step, nano) => {
  const kind = step === 'video' ? 'clip' : 'picture';
  expect(estimateMedia(endpoint, kind, orderedUnits(step, endpoint)).amount).toBe(nano);
});

it('each endpoint that bills seconds and is kept by hand has a length of its clip, others the usual 5', () => {
  const bySecond = Object.keys(MEDIA_BY_HAND).filter((name) => MEDIA_BY_HAND[name]?.unit === 'second');
  expect(Object.keys(CLIP_SECONDS).toSorted()).toEqual(bySecond.toSorted());
  expect(orderedUnits('video', 'minimax/h3/text-to-video')).toBe(5);
});

it.each(Object.entries(MEDIA_PRICES))('units of %s are as fal and the table say', (endpoint, { unit }) => {
  const step = endpoint.endsWith('-to-video') ? 'video' : 'hero_image';
  expect(unitsIn(unit, step, clipSeconds(endpoint))).toBe(orderedUnits(step, endpoint));
});

it.each([
  ['Seconds', 4, null],
  ['video', 1, null],
  ['compute second', null, null],
  ['unit', null, null],
  ['1m tokens', null, null],
  ['', null, null],
])('units of %j in a clip of four seconds are %s, in a picture %s', (unit, clip, picture) => {
  expect([unitsIn(unit, 'video', 4), unitsIn(unit, 'hero_image', 4)]).toEqual([clip, picture]);
});
