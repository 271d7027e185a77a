/** What it costs to have texts compared by their meaning: a price for each token that is read, none for what comes back. */
import Big from 'big.js';
import type { Nano } from '../nano.js';
import { exactNano } from './exact.js';
import type { EmbeddingPrice } from './price.js';
import { DEAREST_EMBEDDING, EMBEDDING_PRICES } from './table.js';
import type { PricedText } from './text-price.js';
import type { TextRate } from './text-rate.js';

/** The price of a model; null where the table lacks it. */
export const embeddingPrice = (model: string): EmbeddingPrice | null =>
  Object.hasOwn(EMBEDDING_PRICES, model) ? EMBEDDING_PRICES[model]! : null;

/** What an estimate takes: the model's price, or the dearest that we know. */
export const estimatedEmbeddingPrice = (model: string): EmbeddingPrice =>
  embeddingPrice(model) ?? DEAREST_EMBEDDING;

/**
 * What so many tokens cost, computed exactly and rounded once, half up; null where the table lacks the model.
 *
 * @param rate what the server's tokens cost whichever model reads them; null to go by the model's name
 */
export function priceEmbedding(
  model: string,
  tokens: number,
  rate: TextRate | null = null,
): PricedText | null {
  if (rate) return { amount: amountOf(rate.input, tokens), unitPrice: rate.words };
  const price = embeddingPrice(model);
  return price && priced(price, tokens);
}

/** An estimate, which also prices the most that a call can cost: the dearest price stands in for a model the table lacks. */
export const estimateEmbedding = (model: string, tokens: number, rate: TextRate | null = null): PricedText =>
  priceEmbedding(model, tokens, rate) ?? priced(DEAREST_EMBEDDING, tokens);

/** `0.02 in USD per million tokens`. */
export const embeddingPriceWords = ({ usd }: EmbeddingPrice): string => `${usd} in USD per million tokens`;

const priced = (price: EmbeddingPrice, tokens: number): PricedText => ({
  ...{ amount: amountOf(price.usd, tokens), unitPrice: embeddingPriceWords(price) },
});

const amountOf = (usd: string, tokens: number): Nano => exactNano(Big(usd).times(tokens).div(1_000_000));
