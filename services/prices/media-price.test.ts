import { expect, it } from 'vitest';
import { estimateMedia, mediaAmount } from './media-price.js';

it.each([
  ['1', { usd: '0.06', unit: 'image' }, 60_000_000],
  ['3.008', { usd: '0.03', unit: 'second' }, 90_240_000],
  ['5', { usd: '0.112', unit: 'second' }, 560_000_000],
  ['0.0000000005', { usd: '1', unit: 'token' }, 1],
])('%s units at %j', (units, price, nano) => {
  expect(mediaAmount(units, price).amount).toBe(nano);
});

it('estimates from the table, and an endpoint it lacks at the dearest', () => {
  expect(estimateMedia('fal-ai/flux-pro/v1.1-ultra', 'picture', 1)).toEqual({
    amount: 60_000_000,
    unitPrice: '0.06 USD per image',
  });
  expect(estimateMedia('someone/new', 'clip', 5).amount).toBe(3_410_000_000);
});
