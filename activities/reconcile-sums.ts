import type { Nano } from '../contract/money/nano.js';
import { sumNano, toUsd } from '../contract/money/nano.js';
import { MOST_POSTS_LISTED } from '../contract/reconcile.js';
import type { ReconciledPost, ReconciledSums, Reconciliation } from '../contract/reconcile.js';
import type { Billable } from '../services/archive/ledger/ledger.js';

/** A post with what its provider may have billed. */
export interface PostCharges {
  readonly id: string;
  readonly account: string;
  /** Of the whole post, nano-USD. */
  readonly cost: Nano;
  readonly unknown: Nano;
  readonly charges: readonly Billable[];
}

/** Compares post by post, oldest first. Pure. */
export function compared(posts: readonly PostCharges[]): Pick<Reconciliation, 'posts' | 'total'> {
  const rows = posts.map(({ id, account, ...post }) => ({ id, account, ...sumsOf([post]) }));
  const differing = rows.filter(differs).sort((a, b) => size(b) - size(a));
  const waiting = rows.filter((row) => !differs(row) && row.unbilled > 0);
  const asCounted = rows.filter((row) => !differs(row) && row.unbilled === 0).reverse();
  return {
    posts: [...differing, ...waiting, ...asCounted].slice(0, MOST_POSTS_LISTED),
    total: { posts: rows.length, ...sumsOf(posts), differing: differing.length },
  };
}

/** Summed in nano-USD before it becomes dollars, so that totals are exact. */
function sumsOf(posts: readonly Pick<PostCharges, 'cost' | 'unknown' | 'charges'>[]): ReconciledSums {
  const charges = posts.flatMap((post) => post.charges);
  const billed = charges.filter((charge) => charge.billed !== null);
  // A request that two charges name was billed once.
  const bills = new Map(billed.map(({ requestId, billed: amount }) => [requestId, amount ?? 0]));
  const billedNano = billed.length > 0 ? sumNano([...bills.values()]) : null;
  return {
    charges: charges.length,
    costUsd: toUsd(sumNano(posts.map((post) => post.cost))),
    unknownUsd: toUsd(sumNano(posts.map((post) => post.unknown))),
    providerUsd: toUsd(sumNano(charges.map(counted))),
    billedUsd: billedNano === null ? null : toUsd(billedNano),
    differenceUsd: billedNano === null ? null : toUsd(billedNano - sumNano(billed.map(counted))),
    unbilled: charges.length - billed.length,
  };
}

/** An estimate is in no known total. */
const counted = (charge: Billable): Nano => (charge.unknown ? 0 : charge.amount);

const size = (row: ReconciledPost): number => Math.abs(row.differenceUsd ?? 0);
const differs = (row: ReconciledPost): boolean => size(row) > 0;

/** What a comparison leaves out, in sentences. `refusal` is why the provider showed no bills, if it did not. */
export function notSeen(
  { posts, total }: Pick<Reconciliation, 'posts' | 'total'>,
  provider: string,
  refusal: string | null,
): string[] {
  const unbilled = total.unbilled === 1 ? '1 charge has' : `${total.unbilled} charges have`;
  return [
    ...(refusal === null ? [] : [`${refusal}.`]),
    ...(total.unbilled > 0 && refusal === null
      ? [
          `${unbilled} no billing event yet. Events come late, and none does not mean free: run this again later.`,
        ]
      : []),
    'Text calls are not compared: their provider bills by the day, not by the call.',
    `Calls without a request id, such as a submit whose answer was lost, are not compared: ${provider} can't be asked about them, and they stay estimated.`,
    ...(posts.length < total.posts
      ? [`At most ${MOST_POSTS_LISTED} posts are listed; the total counts all.`]
      : []),
  ];
}
