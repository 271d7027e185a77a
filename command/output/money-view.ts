import type { CostRow, Costs } from '../../contract/lists.js';
import type { CostKey } from '../../contract/money/charge.js';
import { dollars, formatUsd, toNano } from '../../contract/money/nano.js';
import { daysSince, MOST_DAYS, type CheckedPrice } from '../../contract/money/prices/check.js';
import { SOURCES, type Source } from '../../contract/money/prices/table.js';
import type { ReconciledSums, Reconciliation } from '../../contract/reconcile.js';
import type { Colors } from './output.js';
import { clipped, printableDocument, printableLine, timeWords } from './printable.js';
import { table } from './table.js';

/** `costs` for a person. What was wasted and what is unknown have columns only where there is any. */
export function costsView(
  { rows, total, offlineCharges }: Costs,
  { by, since, width }: { readonly by: CostKey; readonly since?: string; readonly width?: number },
): string {
  if (total.charges === 0) {
    const when = since === undefined ? 'yet' : `since ${timeWords(since)}`;
    return `No real costs ${when}.${offlineCharges > 0 ? ` ${offlineNote(offlineCharges)}` : ''}`;
  }
  const money: (readonly [head: string, amount: (row: CostRow) => number])[] = [
    ['COST', (row) => row.costUsd],
    ...(total.wastedUsd > 0 ? [['WASTED', (row: CostRow) => row.wastedUsd] as const] : []),
    ...(total.unknownUsd > 0 ? [['UNKNOWN', (row: CostRow) => row.unknownUsd] as const] : []),
  ];
  const lines = [...rows, total].map((row) => [
    clipped(row.key, 60),
    ...money.map(([, amount]) => dollars(amount(row))),
    String(row.charges),
  ]);
  const right = [...money.map(([head]) => head), 'CHARGES'];
  const name = by.toUpperCase();
  const shown = table([name, ...right], lines, { right, width, cut: [name] });
  return offlineCharges > 0 ? `${shown}\n\n${offlineNote(offlineCharges)}` : shown;
}

/** How much of what the archive holds is no real money. */
export const offlineNote = (charges: number): string =>
  `${charges} ${charges === 1 ? 'charge' : 'charges'} of stand-ins left out: not real money.`;

/** The rows as CSV (RFC 4180, with line feeds) without the total, in US dollars to the nano-dollar. */
export function costsCsv(rows: readonly CostRow[], by: CostKey): string {
  const lines = rows.map((row) => [
    field(row.key),
    // Never 1e-9, which spreadsheets and scripts may not take for a number.
    ...[row.costUsd, row.wastedUsd, row.unknownUsd].map((dollars) => dollars.toFixed(9)),
    row.charges,
  ]);
  return [[by, 'costUsd', 'wastedUsd', 'unknownUsd', 'charges'], ...lines]
    .map((line) => line.join())
    .join('\n');
}

/** What a spreadsheet takes for a formula at the start of a cell, in either width. */
const FORMULA = /^['"\s]*[=+\-@＝＋－＠]/;

/** A name of somebody else's, which stays text in a spreadsheet: an apostrophe says so (owasp.org, "CSV Injection"). */
function field(name: string): string {
  const line = printableLine(name);
  const text = FORMULA.test(line) || /^[\t\r]/.test(name) ? `'${line}` : line;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `costs reconcile` for a person: the posts that differ, what they come to, and what could not be compared. */
export function reconcileView(given: Reconciliation, width = Infinity): string {
  const { provider, offline, posts, total, notSeen } = printableDocument(given);
  const what = offline ? `the stand-in of ${provider}` : provider;
  const odd = posts.filter((post) => post.unbilled > 0 || post.differenceUsd !== 0);
  const rows = [
    ...odd.map((post) => [post.id, `@${post.account}`, ...sums(post)]),
    ...(odd.length > 0 ? [[`all ${total.posts}`, '', ...sums(total)]] : []),
  ];
  const right = ['COST', 'COUNTED', 'BILLED', 'DIFFERENCE', 'UNBILLED'];
  const blocks = [
    verdict(total, what),
    ...(rows.length > 0
      ? [table(['POST', 'ACCOUNT', ...right], rows, { right, width, cut: ['ACCOUNT'] })]
      : []),
    ['Not seen:', ...notSeen.map((line) => `- ${line}`)].join('\n'),
    ...(offline ? ['These are charges of a stand-in: nobody paid them.'] : []),
  ];
  return blocks.join('\n\n');
}

function verdict(total: Reconciliation['total'], provider: string): string {
  const { charges, posts, differing, unbilled, billedUsd, providerUsd, differenceUsd } = total;
  if (charges === 0) return `Nothing in the archive that ${provider} could have billed.`;
  const seen = `${counted(charges, 'charge')} of ${counted(posts, 'post')}`;
  if (billedUsd === null)
    return `No bill of ${provider} is known for ${seen}, counted as ${dollars(providerUsd)}.`;
  const sum = `${provider} billed ${dollars(billedUsd)} for ${seen}`;
  const late = unbilled > 0 ? ` ${counted(unbilled, 'charge')} without a bill so far.` : '';
  if (differing === 0) return `${sum}, to the nano-dollar as counted.${late}`;
  return `${sum}, ${differenceWords(differenceUsd ?? 0)}: ${counted(differing, 'post')} billed other than counted.${late}`;
}

const sums = (row: ReconciledSums): string[] => [
  dollars(row.costUsd),
  dollars(row.providerUsd),
  row.billedUsd === null ? '-' : signed(row.billedUsd, ''),
  row.differenceUsd === null ? '-' : signed(row.differenceUsd, '+'),
  String(row.unbilled),
];

/** `-$0.06`, `+$0.06`, `$0.00`. */
const signed = (dollars: number, plus: '' | '+'): string =>
  `${dollars < 0 ? '-' : dollars > 0 ? plus : ''}${formatUsd(Math.abs(toNano(dollars)))}`;

const differenceWords = (dollars: number): string =>
  dollars === 0
    ? 'in sum as counted'
    : `${signed(Math.abs(dollars), '')} ${dollars < 0 ? 'less' : 'more'} than counted`;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `prices check` for a person: a row a model, where the prices come from, and a line for each problem. `today` in ms. */
export function pricesView(
  given: readonly CheckedPrice[],
  today: number,
  colors: Colors,
  width = Infinity,
): string {
  const prices = printableDocument(given);
  const rows = prices.map(({ kind, model, unitPrice, asOf, source, accounts }) => [
    kind,
    model,
    unitPrice,
    asOf ?? '-',
    source ?? '-',
    accounts.map((handle) => `@${handle}`).join(', '),
  ]);
  const used = [...new Set(prices.flatMap(({ source }) => source ?? []))];
  const problems = prices.filter(({ problem }) => problem !== null);
  return [
    table(['KIND', 'MODEL', 'PRICE', 'AS OF', 'SOURCE', 'ACCOUNTS'], rows, {
      width,
      cut: ['MODEL', 'PRICE', 'ACCOUNTS'],
      spare: ['SOURCE', 'ACCOUNTS'],
    }),
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
