import { Context } from '@temporalio/activity';
import type { Services } from '../services/services.js';
import {
  MOST_POSTS_LISTED,
  type ReconciledPost,
  type ReconciledSums,
  type ReconcileInput,
  type Reconciliation,
} from '../contract/reconcile.js';
import type { Billable } from '../services/archive/ledger/ledger.js';
import { withHeartbeat } from './heartbeat.js';
import { ProviderError } from '../services/provider-error.js';
import { throwAgain } from './provider-failures.js';
import { knownNano, unknownNano } from '../contract/money/charge.js';
import { type Nano, sumNano, toUsd } from '../contract/money/nano.js';

export type { Reconciliation, ReconcileInput } from '../contract/reconcile.js';

/** As many as the provider takes in one question, so that what it answered is written down before the next. */
const CHARGES_A_TURN = 50;

export const createReconcile = (services: Services) => ({
  /**
   * Asks the media provider what it billed for the charges of the archive, writes that down beside them and compares. It pays
   * nothing and may be repeated as a whole. Only charges of the provider's own kind are looked at: real ones, or those of a
   * stand-in.
   *
   * @throws ApplicationFailure to be retried
   */
  async reconcile({ since, account }: ReconcileInput): Promise<Reconciliation> {
    const { archive, media, now } = services;
    const billable = async (): Promise<Billable[]> => {
      const { provider, offline } = media;
      const all = await archive.ledger.listBillable({
        provider,
        offline,
        ...(since !== undefined && { since }),
      });
      return account === undefined ? all : all.filter((charge) => charge.account === account);
    };
    return withHeartbeat(null, async (tell) => {
      const refusal = await askBills(services, await billable(), tell);
      const comparison = compared(await byPost(services, await billable()));
      return {
        provider: media.provider,
        offline: media.offline,
        ...comparison,
        notSeen: notSeen(comparison, media.provider, refusal),
        checkedAt: now().toISOString(),
      };
    });
  },
});

/**
 * Answers why the provider does not show its bills; null where it does.
 *
 * @param tell is given how far it is: a person waits for it.
 */
async function askBills(
  { archive, media }: Services,
  charges: readonly Billable[],
  tell: (progress: { asked: number; charges: number }) => void,
): Promise<string | null> {
  for (let at = 0; at < charges.length; at += CHARGES_A_TURN) {
    await stopWhenCancelled();
    const turn = charges.slice(at, at + CHARGES_A_TURN);
    try {
      const bills = await media.bills(
        turn.map((charge) => charge.requestId),
        turn[0]?.at,
      );
      await archive.ledger.saveBills(bills);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.status === 401 || error.status === 403) return error.message;
      throwAgain(error);
    }
    tell({ asked: at + turn.length, charges: charges.length });
  }
  return null;
}

/** The posts of charges with what each cost in all, in the order of their first charge. */
async function byPost({ archive }: Services, charges: readonly Billable[]): Promise<PostCharges[]> {
  const groups = new Map<string, Billable[]>();
  for (const charge of charges) {
    if (charge.postId === null) continue;
    const group = groups.get(charge.postId);
    if (group) group.push(charge);
    else groups.set(charge.postId, [charge]);
  }
  const posts: PostCharges[] = [];
  for (const [id, group] of groups) {
    await stopWhenCancelled();
    const all = await archive.ledger.listCharges({ postId: id });
    const account = group[0]?.account ?? '';
    posts.push({ id, account, cost: knownNano(all), unknown: unknownNano(all), charges: group });
  }
  return posts;
}

/** Throws in an activity that was cancelled. */
const stopWhenCancelled = (): Promise<void> => Context.current().sleep(0);

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
