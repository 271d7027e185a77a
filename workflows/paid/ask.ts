import type { CallFacts } from '../../activities/attempt.js';
import type { KeptText, TextAttempt, DeadCall } from '../../activities/paid-text.js';
import type { Charge } from '../../contract/money/charge.js';
import { reasonsIn } from '../../contract/checks.js';
import { Blocked } from '../blocked.js';
import { attemptUntilTaken, type Taken, type Patience } from './attempt.js';
import { addTry, countCall, writeNote, type RowWriter } from './row.js';
import { CancellationScope } from '@temporalio/workflow';
import { textActivities } from '../activities.js';

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
  /** How often an answer that can be used is asked for once more, to mend what it misses; 1 when left out. */
  readonly mends?: number;
  /** How many paid tries it gets; 3 when left out. */
  readonly tries?: number;
  /** How long it lets the provider turn it away; half an hour when left out. */
  readonly patience?: Patience;
  /** What an answer is that misses something, for the record; `misses the house style` when left out. */
  readonly flaw?: string;
  readonly ask: (question: PaidQuestion) => Promise<TextAttempt<T>>;
  /** What the call of this number may have cost, since its worker died: the charges that it left, or an unknown one. */
  readonly settleLost: (call: number) => Promise<readonly Charge[]>;
  /** What a call whose worker died has left all the same, beside its charges; null, as when left out, for nothing. */
  readonly recover?: (charges: readonly Charge[]) => Promise<KeptAttempt<T> | null>;
}

type KeptAttempt<T> = CallFacts & { readonly outcome: 'kept' } & KeptText<T>;

export interface PaidQuestion {
  /** Which call of its row this is, from 1. */
  readonly call: number;
  /** What was wrong with the last answer that came; null where none did. */
  readonly again: string | null;
  /** It is not asked for again for what it misses. */
  readonly last: boolean;
}

type Answer<T> = Taken<TextAttempt<T>>;

/**
 * Asks for a text until an answer can be used: at most three paid tries, or as the order says, each told what was wrong with the one before. An
 * answer that can be used but misses something is asked for again, once or as the order says within the three, and the one with
 * the fewest misses is kept.
 *
 * @throws Blocked after the paid tries were of no use, with what was wrong with each
 */
export async function askForText<T>(order: TextOrder<T>): Promise<KeptText<T>> {
  const reasons: string[] = [];
  // What the model has to mend; a lost answer adds nothing to it.
  let again: string | null = null;
  const most = order.tries ?? MOST_TRIES;
  for (let tries = 1; tries <= most; tries += 1) {
    const answer: Answer<T> = await askUntilTaken(order, again, tries === most);
    if (answer.outcome === 'kept') return keepBest(order, answer, Math.min(order.mends ?? 1, most - tries));
    reasons.push(answer.reason);
    if (answer.outcome !== 'lost') again = answer.reason;
  }
  const told = reasons.map((reason, index) => `${index + 1}. ${reason.slice(0, 300)}`).join('; ');
  const message = `${most} paid answers could not be used: ${told}`;
  throw new Blocked({ type: 'Output.NotUsable', message, requestId: null });
}

/**
 * The best of a usable answer and some more that were told the misses of the best so far. Whatever becomes of those, the first
 * can be used.
 */
async function keepBest<T>(order: TextOrder<T>, first: KeptText<T>, mends: number): Promise<KeptText<T>> {
  let best = first;
  try {
    for (let left = mends; left > 0 && best.misses.length > 0; left -= 1) {
      const next = await askUntilTaken(order, reasonsIn(best.misses), left === 1);
      if (next.outcome === 'kept' && next.misses.length <= best.misses.length) best = next;
    }
    return best;
  } catch (error) {
    if (error instanceof Blocked) return best;
    throw error;
  }
}

async function askUntilTaken<T>(
  order: TextOrder<T>,
  again: string | null,
  last: boolean,
): Promise<Answer<T>> {
  const { row, label, flaw = 'misses the house style', patience, ask, settleLost, recover } = order;
  let deaths = 0;
  // One that was not sent keeps its number: an archive that went away may hold money for it, under its key.
  let wasSent = true;
  const answer = await attemptUntilTaken<TextAttempt<T>>({
    label,
    patience,
    async make() {
      if (wasSent) row.change(countCall);
      wasSent = true;
      const attempt = await ask({ call: row.value.calls, again, last });
      wasSent = attempt.outcome !== 'not_sent';
      return attempt;
    },
    async settleDead(why) {
      const charges = await settleLost(row.value.calls);
      const kept = (await recover?.(charges)) ?? null;
      if (kept) return kept;
      const lost = lostCall(charges, why);
      if (lost === null || (deaths += 1) >= MOST_DEATHS) return lost;
      row.change((now) => addTry(now, lost, why));
      return null;
    },
    onWait: (reason) => writeNote(row, reason),
  });
  row.change((now) => addTry(now, answer, whyNot(answer, last, flaw)));
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
function whyNot<T>(answer: Answer<T>, last: boolean, flaw: string): string | null {
  if (answer.outcome !== 'kept') return answer.reason;
  return last || answer.misses.length === 0 ? null : `${flaw}: ${answer.misses.join('; ')}`;
}

/** What a call whose worker died has cost. Its money counts even if the post was cancelled meanwhile. */
export const settleLost = (dead: DeadCall): Promise<Charge[]> =>
  CancellationScope.nonCancellable(() =>
    textActivities.settleLost.executeWithOptions({ summary: `What the lost call ${dead.key} cost` }, [dead]),
  );
