import type { CallFacts } from '../../activities/attempt.js';
import type { KeptText, TextAttempt } from '../../activities/paid-text.js';
import type { Charge } from '../../contract/money/charge.js';
import { reasonsIn } from '../../contract/checks.js';
import { Blocked } from '../blocked.js';
import { attemptUntilTaken, type Taken } from './attempt.js';
import { addTry, countCall, writeNote, type RowWriter } from './row.js';

/** How many paid tries a text gets before a person is asked. */
export const MOST_TRIES = 3;

/**
 * How many workers may die in a row over one try before it counts as lost. A killed worker says nothing of the model, so its
 * calls are no tries; but each has been paid, and a step that kills every worker must come to an end.
 */
export const MOST_DEATHS = 10;

/** A text to be written, in as many calls as it takes. */
export interface TextOrder<T> {
  readonly label: string;
  readonly row: RowWriter;
  readonly ask: (question: Question) => Promise<TextAttempt<T>>;
  /** What the call of this number may have cost, since its worker died: the charges that it left, or an unknown one. */
  readonly settleLost: (call: number) => Promise<readonly Charge[]>;
}

export interface Question {
  /** Which call of its row this is, from 1. */
  readonly call: number;
  /** What was wrong with the last answer that came; null where none did. */
  readonly again: string | null;
  /** It is not asked for again for its misses of the house style. */
  readonly last: boolean;
}

type Answer<T> = Taken<TextAttempt<T>>;

/**
 * Asks for a text until an answer can be used: at most three paid tries, each told what was wrong with the one before. An
 * answer that can be used but misses the house style is asked for once more, and the one with fewer misses is kept.
 *
 * @throws Blocked after three paid tries of no use, with what was wrong with each
 */
export async function askForText<T>(order: TextOrder<T>): Promise<KeptText<T>> {
  const reasons: string[] = [];
  // What the model has to mend; a lost answer adds nothing to it.
  let again: string | null = null;
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const answer: Answer<T> = await askUntilTaken(order, again, tries === MOST_TRIES);
    if (answer.outcome === 'kept') return tries < MOST_TRIES ? keepBetter(order, answer) : answer;
    reasons.push(answer.reason);
    if (answer.outcome !== 'lost') again = answer.reason;
  }
  const told = reasons.map((reason, index) => `${index + 1}. ${reason.slice(0, 300)}`).join('; ');
  const message = `${MOST_TRIES} paid answers could not be used: ${told}`;
  throw new Blocked({ type: 'Output.NotUsable', message, requestId: null });
}

/** The better of a usable answer and one more that was told its misses. Whatever becomes of that, the first can be used. */
async function keepBetter<T>(order: TextOrder<T>, first: KeptText<T>): Promise<KeptText<T>> {
  if (first.misses.length === 0) return first;
  try {
    const second = await askUntilTaken(order, reasonsIn(first.misses), true);
    return second.outcome === 'kept' && second.misses.length <= first.misses.length ? second : first;
  } catch (error) {
    if (error instanceof Blocked) return first;
    throw error;
  }
}

async function askUntilTaken<T>(
  { row, label, ask, settleLost }: TextOrder<T>,
  again: string | null,
  last: boolean,
): Promise<Answer<T>> {
  let deaths = 0;
  const answer = await attemptUntilTaken<TextAttempt<T>>({
    label,
    make() {
      row.change(countCall);
      return ask({ call: row.value.calls, again, last });
    },
    async settleDead(why) {
      const lost = lostCall(await settleLost(row.value.calls), why);
      if (lost === null || (deaths += 1) >= MOST_DEATHS) return lost;
      row.change((now) => addTry(now, lost, why));
      return null;
    },
    onWait: (reason) => writeNote(row, reason),
  });
  row.change((now) => addTry(now, answer, whyNot(answer, last)));
  return answer;
}

/** A call whose worker died; null for one that was not sent, which left no charge. */
function lostCall(
  charges: readonly Charge[],
  why: string,
): (CallFacts & { readonly outcome: 'lost'; readonly reason: string }) | null {
  const [charge] = charges;
  if (!charge) return null;
  const { provider, model, offline, at, prompt } = charge;
  const facts = { charges, provider, model, seconds: null, prompt: prompt ?? 'unknown', offline, at };
  return { ...facts, outcome: 'lost', reason: why };
}

/** Why a try is not the last one, for the record; null for one that is. */
function whyNot<T>(answer: Answer<T>, last: boolean): string | null {
  if (answer.outcome !== 'kept') return answer.reason;
  return last || answer.misses.length === 0 ? null : `misses the house style: ${answer.misses.join('; ')}`;
}
