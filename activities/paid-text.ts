import type { Charge, ChargeOutcome } from '../contract/money/charge.js';
import type { ChargeStep } from '../contract/states.js';
import type { Payer, Spend } from '../contract/money/spend.js';
import type { Services } from '../services/services.js';
import type { TextAnswer, TextQuestion } from '../services/text/text.js';
import type { Attempt, CallFacts } from './attempt.js';
import { withHeartbeat } from './heartbeat.js';
import { TEXT_LEASE_MS, payOnce, settle } from './spend.js';
import { textCharges } from './text-charge.js';

export interface KeptText<T> {
  readonly value: T;
  /** Where it misses the house style, or repeats what was told: it is usable, and asked for once more. */
  readonly misses: readonly string[];
}

/** What came of one paid question, with every charge of it. */
export type TextAttempt<T> = CallFacts & Attempt<KeptText<T>>;

export interface PaidTextQuestion<T> extends Omit<TextQuestion<T>, 'key'> {
  readonly step: ChargeStep;
  readonly spend: Spend;
  /** The key of its charge, unique for this call. */
  readonly key: string;
  readonly prompt: string;
  /** Output tokens that an answer usually takes, for the estimate of one that is lost. */
  readonly usualOutput: number;
  /** Why a well-formed answer can't be used, in one line; null when it can. */
  readonly problem: (value: T) => string | null;
  /** Where a usable answer misses the house style, or repeats what was told, a line each. */
  readonly misses?: (value: T) => readonly string[];
  /** It is the last time that it is asked for: it is kept with its misses. */
  readonly last?: boolean;
  /** How long it waits for an archive that is away or a budget that others hold, in ms; not at all when left out. */
  readonly patienceMs?: number;
}

/** Asks once, within the budgets. Whatever may have been paid comes back with its charge; nothing is thrown after the call. */
export function askOnce<T>(services: Services, paid: PaidTextQuestion<T>): Promise<TextAttempt<T>> {
  return withHeartbeat(null, () => askInBeat(services, paid));
}

/** The same as part of an activity that heartbeats by itself. */
export async function askInBeat<T>(services: Services, paid: PaidTextQuestion<T>): Promise<TextAttempt<T>> {
  const { text } = services;
  const { key, step } = paid;
  const charges = textCharges(services, paid);
  const estimate = charges.lost();
  const ended = (attempt: Attempt<KeptText<T>>, rest: Partial<CallFacts> = {}): TextAttempt<T> => ({
    charges: [],
    provider: text.provider,
    model: paid.model,
    seconds: null,
    prompt: paid.prompt,
    offline: text.offline,
    at: services.now().toISOString(),
    ...rest,
    ...attempt,
  });
  const purchase = {
    key,
    what: `the ${step}`,
    amount: estimate.amount,
    most: charges.most(),
    offline: text.offline,
    leaseMs: TEXT_LEASE_MS,
    patienceMs: paid.patienceMs,
  };
  const sent = await payOnce(services, paid.spend, purchase, () => text.ask(paid));
  if (sent.outcome === 'lost') {
    const [charge = estimate] = await settle(services, paid.spend, [estimate]);
    return ended({ ...sent, reason: `the answer was lost: ${sent.reason}` }, { charges: [charge] });
  }
  if (sent.outcome !== 'answered') return ended(sent);
  const { answer } = sent;
  const { attempt, outcome } = judge(paid, answer);
  const charge = chargeFor(() => charges.answered(answer, outcome), { ...estimate, outcome });
  const [settled = charge] = await settle(services, paid.spend, [charge]);
  return ended(attempt, { charges: [settled], model: answer.model, seconds: answer.seconds });
}

/** What the answer is worth. A rule of ours that breaks on it costs the answer, not its charge. */
function judge<T>(
  paid: PaidTextQuestion<T>,
  answer: TextAnswer<T>,
): { attempt: Attempt<KeptText<T>>; outcome: ChargeOutcome } {
  if (answer.outcome !== 'ok') {
    const reason = `${answer.outcome}: ${answer.detail}`;
    return { attempt: { outcome: 'not_usable', reason }, outcome: answer.outcome };
  }
  try {
    const reason = paid.problem(answer.value);
    if (reason !== null) return { attempt: { outcome: 'not_usable', reason }, outcome: 'rule_broken' };
    const misses = paid.misses?.(answer.value) ?? [];
    const kept = misses.length === 0 || paid.last === true;
    return {
      attempt: { outcome: 'kept', value: answer.value, misses },
      outcome: kept ? 'kept' : 'rule_broken',
    };
  } catch (error) {
    const reason = `it could not be read: ${error instanceof Error ? error.message : String(error)}`;
    return { attempt: { outcome: 'not_usable', reason }, outcome: 'failed' };
  }
}

/** A price that can't be computed loses no output: the estimate stands for it. */
function chargeFor(compute: () => Charge, estimate: Charge): Charge {
  try {
    const charge = compute();
    return Number.isSafeInteger(charge.amount) && charge.amount >= 0 ? charge : estimate;
  } catch {
    return estimate;
  }
}

/** A call whose attempt died with its worker. */
export interface DeadCall {
  /** The key of its charge. */
  readonly key: string;
  readonly step: ChargeStep;
  readonly model: string;
  readonly payer: Payer;
}

export const createSettleLost = (services: Services) => ({
  /**
   * What an attempt that died with its worker may have paid: the charge that it wrote down itself; else an unknown one, of
   * what was held for it; nothing where nothing was held, since nothing was sent then. May be repeated.
   */
  settleLost({ key, step, model, payer }: DeadCall): Promise<Charge[]> {
    const { archive, text, now } = services;
    return withHeartbeat(null, async () => {
      const { charge, held } = await archive.ledger.findCall(key);
      if (charge) return [charge];
      if (held === null) return [];
      const lost: Charge = {
        key,
        step,
        model,
        provider: text.provider,
        offline: text.offline,
        quantity: null,
        unitPrice: null,
        amount: held,
        basis: 'unknown',
        outcome: 'lost',
        requestId: null,
        prompt: null,
        at: now().toISOString(),
      };
      return archive.ledger.settle({ payer, charges: [lost] });
    });
  },
});
