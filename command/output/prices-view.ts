import { daysSince, MOST_DAYS, type CheckedPrice } from '../../contract/money/prices/check.js';
import { SOURCES, type Source } from '../../contract/money/prices/table.js';
import type { Colors } from './output.js';
import { printableDocument } from './printable.js';
import { table } from './table.js';

/** `prices check` for a person: a row a model, where the prices come from, and a line for each problem. `today` in ms. */
export function pricesView(given: readonly CheckedPrice[], today: number, colors: Colors): string {
  const prices = printableDocument(given);
  const rows = prices.map(({ kind, model, unitPrice, asOf, source, accounts }) => [
    ...[kind, model, unitPrice, asOf ?? '-', source ?? '-'],
    accounts.map((handle) => `@${handle}`).join(', '),
  ]);
  const used = [...new Set(prices.flatMap(({ source }) => source ?? []))];
  const problems = prices.filter(({ problem }) => problem !== null);
  return [
    table(['KIND', 'MODEL', 'PRICE', 'AS OF', 'SOURCE', 'ACCOUNTS'], rows),
    ...(used.length > 0 ? ['', ...used.map((source) => citation(source))] : []),
    '',
    ...(problems.length > 0
      ? problems.map((price) => colors.red(problemWords(price, today)))
      : [colors.green(`Every price is known and at most ${MOST_DAYS} days old.`)]),
  ].join('\n');
}

const citation = (source: Source): string => `${source}: ${SOURCES[source]}`;

/** One line: the model, what is wrong, and what to do about it. */
function problemWords({ model, unitPrice, asOf, source }: CheckedPrice, today: number): string {
  if (asOf === null) {
    return `${model}: not in the price table; estimates take ${unitPrice}, the dearest we know of its kind. Add it to contract/money/prices/by-hand.ts, or name another model in the account file.`;
  }
  const remedy =
    source === 'litellm'
      ? 'Renew the table with npm run prices -- VERSION DATE, of a newer LiteLLM.'
      : `Compare it with https://fal.ai/models/${model}, then correct price and date in contract/money/prices/by-hand.ts.`;
  return `${model}: its price is ${daysSince(asOf, today)} days old. ${remedy}`;
}
