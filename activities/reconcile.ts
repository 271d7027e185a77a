import { Context } from '@temporalio/activity';
import { knownNano, unknownNano } from '../contract/money/charge.js';
import type { Reconciliation, ReconcileInput } from '../contract/reconcile.js';
import type { Billable } from '../services/archive/ledger/ledger.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import { asFailure } from './provider-failures.js';
import { withHeartbeat } from './heartbeat.js';
import { compared, notSeen, type PostCharges } from './reconcile-sums.js';

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
      throw error.kind === 'lost' ? error : asFailure(error);
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
