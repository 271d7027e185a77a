import { Context, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { NEEDS_CONFIRMATION, OVER_BUDGET } from '../contract/budget.js';
import type { Charge } from '../contract/charge.js';
import { formatUsd, type Nano } from '../contract/money.js';
import type { Spend } from '../contract/spend.js';
import type { Services } from '../services/services.js';

/** A call that is about to be paid. */
export interface Purchase {
  /** The key of its charge. */
  readonly key: string;
  /** For people: `the draft`, `the hero image`. */
  readonly what: string;
  /** Expected, nano-USD. */
  readonly amount: Nano;
  readonly offline: boolean;
  readonly leaseMs: number;
}

/** Long enough for a paid call and for the next attempt to notice that this one was killed. */
export const TEXT_LEASE_MS = 15 * 60_000;
export const SUBMIT_LEASE_MS = 30 * 60_000;
/** An accepted job is money spent, whenever its worker comes back to collect it. */
const JOB_LEASE_MS = 24 * 60 * 60_000;

/**
 * Holds the expected cost back from the budgets, before anything is paid.
 *
 * @param spend undefined in an activity that was scheduled before 0.2, when no budget was held.
 * @throws ApplicationFailure NEEDS_CONFIRMATION or OVER_BUDGET, for a person; `Archive.Unreachable`, to be retried
 */
export async function reserve(
  services: Services,
  spend: Spend | undefined,
  purchase: Purchase,
): Promise<void> {
  if (!spend) return;
  const { key, what, amount, offline, leaseMs } = purchase;
  const { payer, limits, confirmOver, confirmed } = spend;
  if (confirmOver !== null && amount > confirmOver && !confirmed) {
    throw ApplicationFailure.nonRetryable(
      `${what} is expected to cost ${formatUsd(amount)}, more than the ${formatUsd(confirmOver)} that @${payer.account} spends on a step unasked; resume pays for it`,
      NEEDS_CONFIRMATION,
    );
  }
  const answer = await orUnreachable(() =>
    services.archive.reserve({ key, payer, amount, offline, leaseMs, limits }),
  );
  if (answer.granted) return;
  if (answer.wait) {
    throw ApplicationFailure.retryable(`${what} waits for calls that are under way`, 'Budget.Held');
  }
  const whose = answer.budget === 'batch' ? `the batch's budget` : `@${payer.account}'s budget of the month`;
  const raise = `copydesk batch budget ${payer.batchId} USD${answer.budget === 'month' ? ' --month' : ''}`;
  throw ApplicationFailure.nonRetryable(
    `${what} is expected to cost ${formatUsd(amount)}, and ${formatUsd(answer.taken)} of ${whose} of ${formatUsd(answer.limit)} is spent or held; ${raise}, then copydesk batch resume ${payer.batchId}`,
    OVER_BUDGET,
  );
}

/** An archive that does not answer is waited for: nothing has been paid. */
export async function orUnreachable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw ApplicationFailure.create({
      type: 'Archive.Unreachable',
      message: error instanceof Error ? error.message.slice(0, 1_000) : String(error),
    });
  }
}

/** How long a paid call's answer waits for the archive; the post's record carries the same charges later. */
const PATIENCE_MS = 10_000;

/**
 * Writes charges down and gives back what was held for them; a log line and a metric for each. An archive that is away
 * loses nothing: the post's own record brings the same charges.
 *
 * @param spend undefined in an activity that was scheduled before 0.2: the post's record brings its charges.
 * @returns the charges as the archive has them: what an attempt before, which was killed, wrote down, stands.
 */
export async function settle(
  services: Services,
  spend: Spend | undefined,
  charges: readonly Charge[],
): Promise<Charge[]> {
  charges.forEach(announce);
  if (!spend) return [...charges];
  const { payer } = spend;
  try {
    return await inTime(services.archive.settle({ payer, charges }));
  } catch (error) {
    log.warn('the archive did not take a charge; the record brings it later', { error });
    return [...charges];
  }
}

/** Gives back what was held for a call that was not made; else its lease does. */
export async function release(services: Services, key: string): Promise<void> {
  await inTime(services.archive.release(key)).catch(() => undefined);
}

/** Holds on to what an accepted job will cost; else the lease that it has must do. */
export async function holdOn(services: Services, key: string): Promise<void> {
  await inTime(services.archive.extend(key, JOB_LEASE_MS)).catch(() => undefined);
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const timeout = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1_000} s`)), PATIENCE_MS).unref();
  });
  return Promise.race([work, timeout]);
}

function announce(charge: Charge): void {
  const { key, step, provider, model, amount, basis, outcome, requestId, offline } = charge;
  log.info('charge', { key, step, provider, model, nanoUsd: amount, basis, outcome, requestId, offline });
  const { metricMeter } = Context.current();
  const tags = { step, provider, model, basis, outcome, offline };
  metricMeter.createCounter('copydesk_charges', '', 'Paid calls').add(1, tags);
  metricMeter.createCounter('copydesk_charge_nano_usd', 'nano-USD', 'What paid calls cost').add(amount, tags);
}
