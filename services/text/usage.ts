import Big from 'big.js';
import type { Nano } from '../../contract/money/nano.js';
import type { TextUsage } from '../../contract/money/prices/text-price.js';
import { exactNano } from '../../contract/money/prices/table.js';

/** A JSON object as it came, of which nothing is known. */
export type Loose = Readonly<Record<string, unknown>>;

export const asObject = (value: unknown): Loose | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : null;

/** No model reads or writes as many in one call. */
const MOST_TOKENS = 1_000_000_000;

const isTokens = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MOST_TOKENS;

/**
 * The tokens of either API: Responses says `input_tokens`, chat completions `prompt_tokens`. Servers leave details out, which
 * counts as 0; a number that can't be true (text, a fraction, negative, a part larger than its whole, no input at all) makes
 * the whole of it null.
 */
export function readUsage(given: unknown): TextUsage | null {
  const usage = asObject(given);
  if (!usage) return null;
  const input = usage['prompt_tokens'] ?? usage['input_tokens'];
  const told = usage['completion_tokens'] ?? usage['output_tokens'];
  const inputDetails = details(usage['prompt_tokens_details'] ?? usage['input_tokens_details']);
  const outputDetails = details(usage['completion_tokens_details'] ?? usage['output_tokens_details']);
  if (!inputDetails || !outputDetails) return null;
  const writes = details(inputDetails['cache_write_tokens_details']);
  const numbers = {
    input,
    cached: inputDetails['cached_tokens'] ?? 0,
    cacheWrite: inputDetails['cache_write_tokens'] ?? 0,
    cacheWrite12h: writes?.['ttl_12h'] ?? 0,
    output: told,
    reasoning: outputDetails['reasoning_tokens'] ?? 0,
  };
  if (!writes || !Object.values(numbers).every(isTokens)) return null;
  const read = numbers as TextUsage;
  const { cached, cacheWrite, cacheWrite12h, reasoning } = read;
  // Some servers count the thinking beside the output, which only the total tells (docs.x.ai, "Reasoning").
  const isBeside = reasoning > 0 && usage['total_tokens'] === read.input + read.output + reasoning;
  const output = isBeside ? read.output + reasoning : read.output;
  const fits = cached + cacheWrite <= read.input && cacheWrite12h <= cacheWrite && reasoning <= output;
  return fits && read.input > 0 ? { ...read, output } : null;
}

const details = (given: unknown): Loose | null =>
  given === undefined || given === null ? {} : asObject(given);

/** More than any call costs: a number over it is not of US dollars. */
const MOST_USD = 10_000;

/**
 * What the server says that the call cost: `usage.cost` in US dollars (OpenRouter, "Usage Accounting"; a credit is a dollar).
 * For a call on the user's own key at the provider behind it, that provider's own bill is added.
 */
export function readBilled(given: unknown): Nano | null {
  const usage = asObject(given);
  const cost = usd(usage?.['cost']);
  if (!usage || !cost) return null;
  const behind = usd(asObject(usage['cost_details'])?.['upstream_inference_cost']);
  return exactNano(usage['is_byok'] === true && behind ? cost.plus(behind) : cost);
}

function usd(value: unknown): Big | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,12}(?:\.\d{1,40})?(?:e[+-]?\d{1,2})?$/i.test(text)) return null;
  const amount = Big(text);
  return amount.lte(MOST_USD) ? amount : null;
}
