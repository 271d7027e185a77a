import { Context, log } from '@temporalio/activity';
import type { Charge } from '../contract/money/charge.js';
import { type Nano, formatUsd } from '../contract/money/nano.js';
import { NEEDS_CONFIRMATION, OVER_BUDGET, type Spend } from '../contract/money/spend.js';
import { ArchiveFull, ArchiveHeld } from '../services/archive/database.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import { type NotSent, type TurnedAway, notSent } from './attempt.js';
import { pauseFor } from './heartbeat.js';
import { turnedAway, verdictOn } from './provider-failures.js';
import type { Reservation } from '../services/archive/ledger/ledger.js';

/** A call that is about to be paid. */
interface Purchase {
  /** The key of its charge. */
  readonly key: string;
  /** For people: `the draft`, `the hero image`. */
  readonly what: string;
  /** Expected, nano-USD. */
  readonly amount: Nano;
  /** The most that it can cost, nano-USD. */
  readonly most: Nano;
  readonly offline: boolean;
  readonly leaseMs: number;
  /** How long an archive that is away, or calls that hold the rest of a budget, are waited for, in ms; not at all when left out. */
  readonly patienceMs?: number;
}

/** Longer than a paid call takes, and than it takes to notice that its worker was killed. */
export const TEXT_LEASE_MS = 60 * 60_000;
export const SUBMIT_LEASE_MS = 30 * 60_000;
/** An accepted job is money spent, whenever its worker comes back to collect it. */
const JOB_LEASE_MS = 24 * 60 * 60_000;

const LONGEST_PAUSE_MS = 15_000;

/** What came of sending a paid call: an answer, or why there is none. */
type Sent<T> =
  | { readonly outcome: 'answered'; readonly answer: T }
  | { readonly outcome: 'lost'; readonly reason: string }
  | TurnedAway
  | NotSent;

/** Sends a paid call once, within the budgets. What was held for it stays held where it may have been paid. Never throws. */
export async function payOnce<T>(
  services: Services,
  spend: Spend,
  purchase: Purchase,
  send: () => Promise<T>,
): Promise<Sent<T>> {
  const refused = await reserveBudget(services, spend, purchase);
  if (refused) return refused;
  const stopped = mayBeSent(services);
  if (stopped) {
    await release(services, purchase.key);
    return stopped;
  }
  try {
    return { outcome: 'answered', answer: await send() };
  } catch (error) {
    if (error instanceof ProviderError && verdictOn(error).action !== 'lost') {
      await release(services, purchase.key);
      return turnedAway(error);
    }
    // What is no answer of the provider's either may have reached it all the same.
    return { outcome: 'lost', reason: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Holds the expected cost back from the budgets, before anything is sent. An archive that does not answer, and calls under way
 * that hold what is left of a budget until they have told their real cost, are waited for as long as the purchase says.
 *
 * @returns null when it is held; else why the call is not to be made
 */
async function reserveBudget(services: Services, spend: Spend, purchase: Purchase): Promise<NotSent | null> {
  const { key, what, amount, most, offline, leaseMs } = purchase;
  const { payer, limits, confirmOver, confirmed } = spend;
  if (confirmOver !== null && amount > confirmOver && !confirmed) {
    const message = `${what} is expected to cost ${formatUsd(amount)}, more than the ${formatUsd(confirmOver)} that @${payer.account} spends on a step unasked; resume pays for it`;
    return notSent('block', NEEDS_CONFIRMATION, message);
  }
  const request = { key, payer, amount, most, offline, leaseMs, limits };
  const reserve = (): Promise<Reservation> => services.archive.ledger.reserve(request);
  const answer = await patiently(services, reserve, isHeldByOthers, purchase.patienceMs);
  if ('outcome' in answer) return answer;
  if (answer.granted) return null;
  return notSent('block', OVER_BUDGET, refusalWords(purchase, payer, answer, services.now()));
}

type Refusal = Reservation & { readonly granted: false };

function isHeldByOthers(answer: Reservation): NotSent | null {
  if (answer.granted || !answer.wait) return null;
  const held = `calls under way hold what is left of the ${answer.budget}'s budget`;
  return notSent('again', 'Budget.Held', held);
}

function refusalWords({ what, amount }: Purchase, payer: Spend['payer'], answer: Refusal, now: Date): string {
  const { budget, limit, taken, needed } = answer;
  if (payer.chatId) return chatRefusalWords(payer.account, budget, now);
  const whose = budget === 'batch' ? `the batch's budget` : `@${payer.account}'s budget of the month`;
  const raise = `copydesk batch budget ${payer.batchId} USD${budget === 'month' ? ' --month' : ''}`;
  const cost =
    needed > amount ? `may cost up to ${formatUsd(needed)}` : `is expected to cost ${formatUsd(amount)}`;
  return `${what} ${cost}, and ${formatUsd(taken)} of ${whose} of ${formatUsd(limit)} is spent or held; ${raise}, then copydesk batch resume ${payer.batchId}`;
}

/** Whose budget is used up, until when, and where it is set; no amounts, since whoever asks may read it. */
export function chatRefusalWords(account: string, budget: Refusal['budget'], now: Date): string {
  const isDay = budget === 'day';
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const until = new Date(isDay ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1));
  const words = isDay ? "today's budget for answers" : 'the budget of the month';
  return `@${account} has used up ${words} (${isDay ? 'chat.dailyBudget' : 'budget.month'} of its account file); ask again from ${until.toISOString().slice(0, 10)} 00:00 UTC`;
}

/**
 * Works on the archive until it answers, for as long as told: where nothing is told the workflow waits, so that a call which waits
 * takes nobody's place. Nothing has been sent yet. The wait ends when the post is cancelled or the worker stops.
 *
 * @param unready why an answer is not one yet; null when it is.
 */
export async function patiently<T extends object>(
  services: Services,
  work: () => Promise<T>,
  unready: (answer: T) => NotSent | null = () => null,
  patienceMs = 0,
): Promise<T | NotSent> {
  const until = services.now().getTime() + patienceMs;
  for (let pause = 1_000; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const stopped = mayBeSent(services);
    if (stopped) return stopped;
    let waiting: NotSent | null;
    try {
      const answer = await work();
      waiting = unready(answer);
      if (!waiting) return answer;
    } catch (error) {
      waiting = withoutArchive(error);
    }
    if (services.now().getTime() >= until) return waiting;
    await pauseFor(services, pause);
  }
}

function withoutArchive(error: unknown): NotSent {
  const words = error instanceof Error ? error.message : String(error);
  if (error instanceof ArchiveHeld) return notSent('again', 'Archive.Held', words);
  if (error instanceof ArchiveFull) return notSent('again', 'Archive.Full', words);
  return notSent('again', 'Archive.Unreachable', words);
}

/**
 * Looked at last before a call is sent: null when it may be. An attempt that Temporal has given up, or a person has paused,
 * must not send either.
 */
function mayBeSent({ stopping }: Services): NotSent | null {
  const { cancellationSignal, cancellationDetails } = Context.current();
  if (!cancellationSignal.aborted && !stopping.aborted) return null;
  const { workerShutdown, paused, reset, timedOut, notFound } = cancellationDetails ?? {};
  if (stopping.aborted || workerShutdown || paused || reset || timedOut || notFound)
    return notSent('again', 'Worker.Stopping', 'the worker gave the call up before it was sent');
  return notSent('end', 'Post.Cancelled', 'the post was cancelled before the call was sent');
}

/** How long a paid call's answer waits for the archive; the post's record carries the same charges later. */
const PATIENCE_MS = 10_000;

/**
 * Writes charges down and gives back what was held for them; a log line and a metric for each. An archive that is away
 * loses nothing: the post's own record brings the same charges.
 *
 * @returns the charges as the archive has them: what an attempt before, which was killed, wrote down, stands.
 */
export async function settle(
  services: Services,
  { payer }: Spend,
  charges: readonly Charge[],
): Promise<Charge[]> {
  try {
    charges.forEach(announce);
    return await inTime(services.archive.ledger.settle({ payer, charges }));
  } catch (error) {
    log.warn('the archive did not take a charge; the record brings it later', { error });
    return [...charges];
  }
}

/** Gives back what was held for a call that was not made; else its lease does. */
export async function release(services: Services, key: string): Promise<void> {
  await inTime(services.archive.ledger.release(key)).catch(() => undefined);
}

/** Holds on to what an accepted job will cost; else the lease that it has must do. */
export async function holdOn(services: Services, key: string): Promise<void> {
  await inTime(services.archive.ledger.extend(key, JOB_LEASE_MS)).catch(() => undefined);
}

/** Waits for the archive, though not for long. @throws Error where it does not answer within 10 seconds */
export function inTime<T>(work: Promise<T>): Promise<T> {
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
