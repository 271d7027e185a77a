import Big from 'big.js';
import type { Nano } from '../../contract/money.js';
import type { TextUsage } from '../text/text.js';
import { DEAREST_TEXT, TEXT_PRICES, type TextPrice } from './table.js';
import { toNano } from './to-nano.js';

/** Over this many input tokens the whole request costs twice the input and 1.5 times the output price (OpenAI, GPT-5.4 on). */
const LONG_CONTEXT = 272_000;

/** By the tier that the answer names, not the one asked for. */
const TIER: Readonly<Record<string, string>> = { flex: '0.5', batch: '0.5', priority: '2', fast: '2' };

export interface PricedText {
  readonly amount: Nano;
  readonly unitPrice: string;
}

/** The price of a model; a dated name such as `gpt-6-luna-2026-09-01` is the model without its date. */
export const textPrice = (model: string): TextPrice | null =>
  TEXT_PRICES[model] ?? TEXT_PRICES[model.replace(/-\d{4}-\d{2}-\d{2}$/, '')] ?? null;

/** What a usage costs, computed exactly and rounded once, half up; null where the table lacks the model. */
export function priceText(model: string, usage: TextUsage, tier: string | null): PricedText | null {
  const price = textPrice(model);
  return price && { amount: textAmount(price, usage, tier), unitPrice: words(price) };
}

/** An estimate for a call whose usage was never told: the dearest price stands in for a model the table lacks. */
export const estimateText = (model: string, usage: TextUsage): PricedText => {
  const price = textPrice(model) ?? DEAREST_TEXT;
  return { amount: textAmount(price, usage, null), unitPrice: words(price) };
};

function textAmount(price: TextPrice, usage: TextUsage, tier: string | null): Nano {
  const plain = usage.input - usage.cached - usage.cacheWrite;
  const long = usage.input > LONG_CONTEXT;
  const input = Big(price.input)
    .times(plain)
    .plus(Big(price.cached).times(usage.cached))
    .plus(Big(price.cacheWrite ?? price.input).times(usage.cacheWrite))
    .times(long ? 2 : 1);
  const output = Big(price.output)
    .times(usage.output)
    .times(long ? '1.5' : 1);
  return toNano(
    input
      .plus(output)
      .times(TIER[tier ?? ''] ?? 1)
      .div(1_000_000),
  );
}

const words = (price: TextPrice): string =>
  `${price.input} in, ${price.cached} cached, ${price.output} out USD per million tokens`;
