import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Charge, ChargeOutcome } from '../contract/charge.js';
import type { Step } from '../contract/states.js';
import type { Spend } from '../contract/spend.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import type { TextAnswer, TextQuestion } from '../services/text/text.js';
import { asFailure, verdictOn } from './failures.js';
import { withHeartbeat } from './heartbeat.js';
import { bounded, lostOf, settleLost, withLost, type Trace } from './lost-attempts.js';
import { orUnreachable, release, reserve, settle, TEXT_LEASE_MS } from './spend.js';
import { chargeMaker } from './text-charge.js';

/** What came of one paid question. Every charge comes back, whatever became of the output. */
export interface TextAttempt<T> {
  /** Null when the answer can't be used; then `reason` says why, for the model and for people. */
  readonly value: T | null;
  readonly reason: string | null;
  /** No answer came; the model has nothing to mend. */
  readonly lost: boolean;
  readonly charges: readonly Charge[];
  readonly provider: string;
  readonly model: string;
  /** Wall time of the call. */
  readonly seconds: number | null;
  readonly prompt: string;
  readonly offline: boolean;
  readonly at: string;
}

export interface PaidQuestion<T> extends Omit<TextQuestion<T>, 'key'> {
  readonly step: Step;
  readonly spend: Spend;
  /** Unique for this question; each attempt's charge key is made from it. */
  readonly keyBase: string;
  readonly prompt: string;
  /** Output tokens that an answer usually takes, for the estimate of one that is lost. */
  readonly usualOutput: number;
  /** What is wrong with a well-formed answer, in one line; null when it can be kept. */
  readonly problem: (value: T) => string | null;
}

/**
 * Asks once and pays once, within the budgets. What attempts before this one may have paid is settled first.
 *
 * @throws ApplicationFailure by the failure table, when there was no answer to pay for; its details carry the charges of
 *   attempts before, `{ lost }`
 */
export async function askOnce<T>(services: Services, paid: PaidQuestion<T>): Promise<TextAttempt<T>> {
  const { attempt, heartbeatDetails } = Context.current().info;
  const lost = lostOf(heartbeatDetails as Trace | undefined);
  const asking = chargeMaker(services, paid).lost(attempt);
  // From the first heartbeat on: one that comes soon after another is held back, and a kill would lose it.
  return withHeartbeat({ lost, asking } satisfies Trace, async () => {
    let before = lost;
    try {
      before = await orUnreachable(() => settleLost(services, paid, { attempt, lost, asking }));
      return await askAndSettle(services, paid, { attempt, before, asking });
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      // It was not sent, or turned away.
      Context.current().heartbeat({ lost: before, asking: null } satisfies Trace);
      throw withLost(error, before);
    }
  });
}

async function askAndSettle<T>(
  services: Services,
  paid: PaidQuestion<T>,
  { attempt, before, asking }: { attempt: number; before: readonly Charge[]; asking: Charge },
): Promise<TextAttempt<T>> {
  const { text } = services;
  const { key, amount } = asking;
  const done = (charge: Charge, rest: Partial<TextAttempt<T>>): TextAttempt<T> => ({
    value: null,
    reason: null,
    lost: false,
    charges: [...before, charge],
    provider: text.provider,
    model: paid.model,
    seconds: null,
    prompt: paid.prompt,
    offline: text.offline,
    at: services.now().toISOString(),
    ...rest,
  });
  await reserve(services, paid.spend, {
    ...{ key, amount, what: `the ${paid.step}`, offline: text.offline, leaseMs: TEXT_LEASE_MS },
  });
  try {
    const answer = await text.ask({ ...paid, key });
    const problem =
      answer.outcome === 'ok' ? paid.problem(answer.value) : `${answer.outcome}: ${answer.detail}`;
    const value = answer.outcome === 'ok' && problem === null ? answer.value : null;
    const [charge] = await settle(services, paid.spend, [
      chargeMaker(services, paid).answered(attempt, answer, outcomeOf(answer, problem)),
    ]);
    return done(charge as Charge, { value, reason: problem, model: answer.model, seconds: answer.seconds });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (verdictOn(error).action === 'lost') {
      const [charge] = await settle(services, paid.spend, [asking]);
      return done(charge as Charge, { lost: true, reason: `the answer was lost: ${error.message}` });
    }
    await release(services, key);
    throw bounded(asFailure(error), attempt);
  }
}

function outcomeOf(answer: TextAnswer<unknown>, problem: string | null): ChargeOutcome {
  if (answer.outcome === 'ok') return problem === null ? 'kept' : 'rule_broken';
  return answer.outcome;
}
