import { Context } from '@temporalio/activity';
import { ApplicationFailure, type ApplicationFailureOptions } from '@temporalio/common';
import type { Charge, ChargeOutcome } from '../contract/charge.js';
import type { Step } from '../contract/states.js';
import { estimateText, plainUsage, priceText } from '../contract/prices/text-price.js';
import { inputTokens } from '../contract/prices/usual.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import type { TextAnswer, TextQuestion } from '../services/text/text.js';
import { asFailure, verdictOn } from './failures.js';
import { withHeartbeat } from './heartbeat.js';
import { orUnreachable, release, reserve, settle, TEXT_LEASE_MS, type Spend } from './spend.js';

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

/** What an attempt leaves for the next one, and for the workflow, in case it dies while the provider is at work. */
export interface Trace {
  /** Charges of attempts whose answer never came. */
  readonly lost: readonly Charge[];
  /** What the attempt that waits for its answer is charged with if that never comes. */
  readonly asking: Charge | null;
}

const NO_TRACE: Trace = { lost: [], asking: null };

/**
 * Asks once and pays once, within the budgets. What attempts before this one may have paid is settled first.
 *
 * @throws ApplicationFailure by the failure table, when there was no answer to pay for; its details carry the charges of
 *   attempts before, `{ lost }`
 */
export async function askOnce<T>(services: Services, paid: PaidQuestion<T>): Promise<TextAttempt<T>> {
  const { attempt, heartbeatDetails } = Context.current().info;
  const before = (heartbeatDetails as Trace | undefined) ?? NO_TRACE;
  const lost = before.asking === null ? before.lost : [...before.lost, before.asking];
  const asking = chargeMaker(services, paid).lost(attempt);
  // From the first heartbeat on: one that comes soon after another is held back, and a kill would lose it.
  return withHeartbeat({ lost, asking } satisfies Trace, async () => {
    try {
      return await askAndSettle(services, paid, { attempt, lost, asking });
    } catch (error) {
      if (!(error instanceof ApplicationFailure)) throw error;
      // It was not sent, or turned away.
      Context.current().heartbeat({ lost, asking: null } satisfies Trace);
      throw withLost(error, lost);
    }
  });
}

async function askAndSettle<T>(
  services: Services,
  paid: PaidQuestion<T>,
  { attempt, lost, asking }: { attempt: number; lost: readonly Charge[]; asking: Charge },
): Promise<TextAttempt<T>> {
  const { text } = services;
  const { payer } = paid.spend;
  const { key, amount } = asking;
  const known = await orUnreachable(() => settleLost(services, paid, { attempt, lost, asking }));
  const done = (charge: Charge, rest: Partial<TextAttempt<T>>): TextAttempt<T> => ({
    value: null,
    reason: null,
    lost: false,
    charges: [...known, charge],
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
    const [charge] = await settle(services, payer, [
      chargeMaker(services, paid).answered(attempt, answer, outcomeOf(answer, problem)),
    ]);
    return done(charge as Charge, { value, reason: problem, model: answer.model, seconds: answer.seconds });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (verdictOn(error).action === 'lost') {
      const [charge] = await settle(services, payer, [asking]);
      return done(charge as Charge, { lost: true, reason: `the answer was lost: ${error.message}` });
    }
    await release(services, key);
    throw bounded(asFailure(error), attempt);
  }
}

/** How far back attempts are looked for; a step that was killed more often than that has other troubles. */
const LOOK_BACK = 100;

/**
 * Settles what attempts before this one may have paid. One that was killed after its answer had come has written down what
 * that really cost; one whose heartbeat never reached Temporal, which may be down itself, has left its hold or its charge.
 */
async function settleLost<T>(
  { archive }: Services,
  { keyBase, spend: { payer } }: PaidQuestion<T>,
  { attempt, lost, asking }: { attempt: number; lost: readonly Charge[]; asking: Charge },
): Promise<Charge[]> {
  const told = lost.map(({ key }) => key);
  const untold: string[] = [];
  for (let before = Math.max(1, attempt - LOOK_BACK); before < attempt; before += 1) {
    const key = `${keyBase}/${before}`;
    if (!told.includes(key)) untold.push(key);
  }
  const begun = untold.length > 0 ? await archive.begun(untold) : [];
  const charges = [...lost, ...begun.map((key) => ({ ...asking, key }))];
  return charges.length > 0 ? archive.settle({ payer, charges }) : [];
}

/** How often a provider that turns a call away is asked before a person is: half an hour in all. */
const MAX_ATTEMPTS = 30;

/** Temporal retries without end, since an archive may be away for long; a provider is given up in time. */
const bounded = (failure: ApplicationFailure, attempt: number): ApplicationFailure =>
  attempt < MAX_ATTEMPTS
    ? failure
    : changed(failure, { nonRetryable: true, message: `${failure.message} (tried ${attempt} times)` });

/** A failure that also tells what attempts before it may have paid. */
function withLost(error: unknown, lost: readonly Charge[]): unknown {
  if (lost.length === 0 || !(error instanceof ApplicationFailure)) return error;
  const [details] = (error.details ?? []) as object[];
  return changed(error, { details: [{ ...details, lost }] });
}

const changed = (failure: ApplicationFailure, change: ApplicationFailureOptions): ApplicationFailure =>
  ApplicationFailure.create({
    message: failure.message,
    type: failure.type ?? undefined,
    nonRetryable: failure.nonRetryable ?? false,
    nextRetryDelay: failure.nextRetryDelay ?? undefined,
    details: failure.details ?? undefined,
    cause: failure.cause,
    ...change,
  });

function outcomeOf(answer: TextAnswer<unknown>, problem: string | null): ChargeOutcome {
  if (answer.outcome === 'ok') return problem === null ? 'kept' : 'rule_broken';
  return answer.outcome;
}

function chargeMaker<T>(services: Services, paid: PaidQuestion<T>) {
  const common = (attempt: number) => ({
    key: `${paid.keyBase}/${attempt}`,
    step: paid.step,
    provider: services.text.provider,
    prompt: paid.prompt,
    offline: services.text.offline,
    at: services.now().toISOString(),
  });
  const expected = plainUsage(inputTokens(paid.instructions.length + paid.input.length), paid.usualOutput);
  return {
    lost(attempt: number): Charge {
      const { amount, unitPrice } = estimateText(paid.model, expected);
      return {
        ...common(attempt),
        model: paid.model,
        quantity: null,
        unitPrice,
        amount,
        basis: 'unknown',
        outcome: 'lost',
        requestId: null,
      };
    },
    answered(attempt: number, answer: TextAnswer<T>, outcome: ChargeOutcome): Charge {
      const { usage, tier } = answer;
      // The dated name that answered decides; a compatible server may answer with a name of its own.
      const priced = usage && (priceText(answer.model, usage, tier) ?? priceText(paid.model, usage, tier));
      const { amount, unitPrice } = priced ?? estimateText(paid.model, usage ?? expected);
      return {
        ...common(attempt),
        model: answer.model,
        quantity:
          usage &&
          `${usage.input} in (${usage.cached} cached, ${usage.cacheWrite} written), ${usage.output} out tokens`,
        unitPrice,
        amount,
        basis: priced ? 'priced' : 'unknown',
        outcome,
        requestId: answer.requestId,
      };
    },
  };
}
