import { expect, it } from 'vitest';
import { embeddingPrice, estimateEmbedding, priceEmbedding } from './embedding-price.js';
import { OWN_SERVER, parseTextRate } from './text-rate.js';

// Each sum by hand: 1 USD per million tokens is 1,000 nano-USD a token.
it.each([
  ['text-embedding-3-small', 30, 30 * 20],
  ['text-embedding-3-large', 1_000, 1_000 * 130],
  ['text-embedding-3-small', 0, 0],
])('%s costs for %i tokens %i nano-USD', (model, tokens, nano) => {
  expect(priceEmbedding(model, tokens)?.amount).toBe(nano);
  expect(estimateEmbedding(model, tokens).amount).toBe(nano);
});

it('names the price', () => {
  expect(priceEmbedding('text-embedding-3-small', 1)?.unitPrice).toBe('0.02 in USD per million tokens');
  expect(embeddingPrice('text-embedding-3-large')).toEqual({
    ...{ usd: '0.13', asOf: '2026-11-24', source: 'litellm' },
  });
});

it.each(['nomic-embed-text', 'constructor', ''])('estimates %j, which it lacks, at the dearest', (model) => {
  expect(priceEmbedding(model, 10)).toBeNull();
  expect(estimateEmbedding(model, 10).amount).toBe(10 * 200);
});

it("goes by the server's own price where that has one", () => {
  expect(priceEmbedding('text-embedding-3-small', 10, OWN_SERVER)?.amount).toBe(0);
  const rate = parseTextRate('0.50/2');
  expect(estimateEmbedding('nomic-embed-text', 10, rate)).toMatchObject({ amount: 10 * 500 });
});
