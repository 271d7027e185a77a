import Big from 'big.js';
import type { Nano } from '../nano.js';
import {
  DEAREST_EMBEDDING,
  DEAREST_TEXT,
  EMBEDDING_PRICES,
  TEXT_PRICES,
  exactNano,
  type EmbeddingPrice,
  type TextPrice,
} from './table.js';
import type { TextRate } from './text-rate.js';

/**
 * Tokens as the provider counted them. `cached` and `cacheWrite` are part of `input`, `reasoning` of `output`, and
 * `cacheWrite12h` is the part of `cacheWrite` that is kept for 12 hours; the rest of it is kept for 30 minutes.
 */
export interface TextUsage {
  readonly input: number;
  readonly cached: number;
  readonly cacheWrite: number;
  readonly cacheWrite12h: number;
  readonly output: number;
  readonly reasoning: number;
}

/** Over this many input tokens the whole request costs twice the input and 1.5 times the output price (OpenAI, GPT-5.4 on). */
const LONG_CONTEXT = 272_000;

/** By the tier that the answer names, not the one asked for; a tier that is not listed costs what the standard one does. */
const TIER: Readonly<Record<string, string>> = { flex: '0.5', batch: '0.5', priority: '2', fast: '2' };

/** The part of a price that a usage is multiplied with. */
type Tokens = Pick<TextPrice, 'input' | 'cached' | 'cacheWrite' | 'cacheWrite12h' | 'output' | 'longContext'>;

export interface PricedText {
  readonly amount: Nano;
  readonly unitPrice: string;
}

/** A usage without anything cached or written, as estimates expect it. */
export const plainUsage = (input: number, output: number): TextUsage => ({
  input,
  cached: 0,
  cacheWrite: 0,
  cacheWrite12h: 0,
  output,
  reasoning: 0,
});

/** The price of a model; a dated name such as `gpt-6-luna-2026-09-01` is the model without its date. */
export function textPrice(model: string): TextPrice | null {
  const names = [model, model.replace(/-\d{4}-\d{2}-\d{2}$/, '')];
  const name = names.find((candidate) => Object.hasOwn(TEXT_PRICES, candidate));
  return name === undefined ? null : TEXT_PRICES[name]!;
}

/** What an estimate takes: the model's price, or the dearest that we know. */
export const estimatedTextPrice = (model: string): TextPrice => textPrice(model) ?? DEAREST_TEXT;

/**
 * What a usage costs, computed exactly and rounded once, half up; null where the table lacks the model.
 *
 * @param rate what the server's tokens cost whichever model answers; null to go by the model's name
 */
export function priceText(
  model: string,
  usage: TextUsage,
  tier: string | null,
  rate: TextRate | null = null,
): PricedText | null {
  if (rate) return { amount: textAmount(rate, usage, null), unitPrice: rate.words };
  const price = textPrice(model);
  return price && { amount: textAmount(price, usage, tier), unitPrice: textPriceWords(price) };
}

/** An estimate for a call whose usage was never told: the dearest price stands in for a model the table lacks. */
export function estimateText(model: string, usage: TextUsage, rate: TextRate | null = null): PricedText {
  const price = rate ?? estimatedTextPrice(model);
  return { amount: textAmount(price, usage, null), unitPrice: rate ? rate.words : textPriceWords(price) };
}

/** The most output tokens that a call may take, thinking included. @param maxOutputTokens what the answer itself may take */
export const mostOutputTokens = (maxOutputTokens: number): number => 2 * maxOutputTokens + 4_000;

/** The most that a call can cost: every token of its input at the dearest of the input prices. */
export function mostText(
  model: string,
  { input, output }: Pick<TextUsage, 'input' | 'output'>,
  rate: TextRate | null = null,
): Nano {
  const plain = plainUsage(input, output);
  const usages = [
    plain,
    { ...plain, cacheWrite: input },
    { ...plain, cacheWrite: input, cacheWrite12h: input },
  ];
  return Math.max(...usages.map((usage) => estimateText(model, usage, rate).amount));
}

/** `0.1 in, 0.01 cached, 0.5 out USD per million tokens`. */
export const textPriceWords = (price: Tokens): string =>
  `${price.input} in, ${price.cached} cached, ${price.output} out USD per million tokens`;

function textAmount(
  price: Tokens & { tiers?: TextPrice['tiers'] },
  usage: TextUsage,
  tier: string | null,
): Nano {
  const long = price.longContext && usage.input > LONG_CONTEXT;
  const input = Big(price.input)
    .times(usage.input - usage.cached - usage.cacheWrite)
    .plus(Big(price.cached).times(usage.cached))
    .plus(Big(price.cacheWrite ?? price.input).times(usage.cacheWrite - usage.cacheWrite12h))
    .plus(Big(price.cacheWrite12h ?? price.input).times(usage.cacheWrite12h))
    .times(long ? 2 : 1);
  const output = Big(price.output)
    .times(usage.output)
    .times(long ? '1.5' : 1);
  return exactNano(
    input
      .plus(output)
      .times(price.tiers?.[tier ?? ''] ?? TIER[tier ?? ''] ?? 1)
      .div(1_000_000),
  );
}

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
  amount: amountOf(price.usd, tokens),
  unitPrice: embeddingPriceWords(price),
});

const amountOf = (usd: string, tokens: number): Nano => exactNano(Big(usd).times(tokens).div(1_000_000));
