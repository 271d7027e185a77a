import { Context } from '@temporalio/activity';
import type { Charge, ChargeOutcome } from '../contract/charge.js';
import type { Step } from '../contract/states.js';
import { estimateText, priceText } from '../services/prices/text-price.js';
import { ProviderError } from '../services/provider-error.js';
import type { Services } from '../services/services.js';
import type { TextAnswer, TextQuestion } from '../services/text/text.js';
import { asFailure, verdictOn } from './failures.js';
import { withHeartbeat } from './heartbeat.js';

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
  /** Unique for this question; each attempt's charge key is made from it. */
  readonly keyBase: string;
  readonly prompt: string;
  /** Output tokens that an answer usually takes, for the estimate of one that is lost. */
  readonly usualOutput: number;
  /** What is wrong with a well-formed answer, in one line; null when it can be kept. */
  readonly problem: (value: T) => string | null;
}

/** What an attempt leaves for the next one, in case it dies while the provider is at work. */
interface Trace {
  /** Attempts whose answer never came. */
  readonly lost: readonly number[];
  /** The attempt that is waiting for its answer. */
  readonly asking: number | null;
}

/** Asks once and pays once. @throws ApplicationFailure by the failure table, when there was no answer to pay for. */
export async function askOnce<T>(services: Services, paid: PaidQuestion<T>): Promise<TextAttempt<T>> {
  const { attempt, heartbeatDetails } = Context.current().info;
  const before = (heartbeatDetails as Trace | undefined) ?? { lost: [], asking: null };
  const lost = before.asking === null ? before.lost : [...before.lost, before.asking];
  const chargeFor = chargeMaker(services, paid);
  const lostCharges = lost.map((number) => chargeFor.lost(number));
  const done = (charges: readonly Charge[], rest: Partial<TextAttempt<T>>): TextAttempt<T> => ({
    value: null,
    reason: null,
    lost: false,
    charges: [...lostCharges, ...charges],
    provider: services.text.provider,
    model: paid.model,
    seconds: null,
    prompt: paid.prompt,
    offline: services.text.offline,
    at: services.now().toISOString(),
    ...rest,
  });
  try {
    const question = { ...paid, key: `${paid.keyBase}/${attempt}` };
    const answer = await withHeartbeat({ lost, asking: attempt }, () => services.text.ask(question));
    const problem =
      answer.outcome === 'ok' ? paid.problem(answer.value) : `${answer.outcome}: ${answer.detail}`;
    const value = answer.outcome === 'ok' && problem === null ? answer.value : null;
    const charge = chargeFor.answered(attempt, answer, outcomeOf(answer, problem));
    return done([charge], { value, reason: problem, model: answer.model, seconds: answer.seconds });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (verdictOn(error).action === 'lost') {
      return done([chargeFor.lost(attempt)], { lost: true, reason: `the answer was lost: ${error.message}` });
    }
    Context.current().heartbeat({ lost, asking: null } satisfies Trace);
    throw asFailure(error);
  }
}

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
  const expected = {
    // Four characters a token is OpenAI's own rule of thumb for English.
    input: Math.ceil((paid.instructions.length + paid.input.length) / 4),
    output: paid.usualOutput,
    cached: 0,
    cacheWrite: 0,
    reasoning: 0,
  };
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
