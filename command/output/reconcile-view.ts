import type { ReconciledSums, Reconciliation } from '../../contract/reconcile.js';
import { formatUsd, toNano, dollars } from '../../contract/money/nano.js';
import { printableDocument } from './printable.js';
import { table } from './table.js';

/** `costs reconcile` for a person: the posts that differ, what they come to, and what could not be compared. */
export function reconcileView(given: Reconciliation): string {
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
    ...(rows.length > 0 ? [table(['POST', 'ACCOUNT', ...right], rows, { right })] : []),
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
