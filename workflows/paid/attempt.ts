import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  isCancellation,
  sleep,
} from '@temporalio/workflow';
import type { Attempt, NotSent, TurnedAway } from '../../activities/attempt.js';
import { Blocked } from '../blocked.js';
import type { StatusError } from '../../contract/status.js';

/** An attempt that was taken: paid for or accepted, or perhaps so. */
export type Taken<A> = Exclude<A, { readonly outcome: 'turned_away' | 'not_sent' }>;

/** One paid call, and the words of its step for people. */
interface PaidCall<A> {
  readonly label: string;
  /** Makes one attempt; every call of it has a number of its own. */
  readonly make: () => Promise<A>;
  /** What came of an attempt whose worker died; null when nothing was sent. */
  readonly settleDead: (why: string) => Promise<Taken<A> | null>;
  /** Hears why the call waits. */
  readonly onWait: (reason: string) => void;
  /** As a post's, when left out. */
  readonly patience?: Patience;
}

/**
 * Makes a paid call until the provider takes it: one loop for text and media. It waits out what passes by itself, and asks a
 * person about the rest.
 *
 * @throws Blocked where only a person can help; CancelledFailure when the post was cancelled before anything was sent
 */
export async function attemptUntilTaken<A extends Attempt<object>>(call: PaidCall<A>): Promise<Taken<A>> {
  let turnedAway = 0;
  let unsent = 0;
  for (;;) {
    const attempt = await makeOne(call);
    if (attempt === null) continue;
    if (attempt.outcome !== 'turned_away' && attempt.outcome !== 'not_sent') return attempt as Taken<A>;
    if (attempt.outcome === 'turned_away') [turnedAway, unsent] = [turnedAway + 1, 0];
    else unsent += 1;
    const next = nextAfter(attempt, unsent || turnedAway, call.patience);
    if (next.do === 'end') throw new CancelledFailure(attempt.error.message);
    if (next.do === 'block') throw new Blocked(next.error);
    call.onWait(attempt.error.message);
    await sleep(next.ms, { summary: `${call.label}: waits, ${attempt.error.type}` });
  }
}

async function makeOne<A>({ make, settleDead }: PaidCall<A>): Promise<A | Taken<A> | null> {
  try {
    return await make();
  } catch (error) {
    const why = deathOf(error);
    if (why === null) throw error;
    return settleDead(why);
  }
}

/** Why an attempt died: its worker was killed or cut off. Null for any other error, which is none of its end. */
function deathOf(error: unknown): string | null {
  if (!(error instanceof ActivityFailure) || isCancellation(error)) return null;
  if (error.cause instanceof ApplicationFailure) return null;
  return `the call did not report back: ${error.cause?.message ?? error.message}`;
}

/** How often a provider may turn a call away before a person is asked: half an hour of it in all. */
export const MOST_TURNED_AWAY = 30;
/** How long a call lets its provider turn it away. */
export interface Patience {
  /** How often in a row. */
  readonly times: number;
  /** The longest single wait that the provider may ask for, in ms. */
  readonly waitMs: number;
}
/** Nobody sits and waits for a post. */
const PATIENCE: Patience = { times: MOST_TURNED_AWAY, waitMs: Infinity };
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/**
 * Something that is missing mostly is back in minutes, and then the call is made soon. After half an hour it may be a weekend, and
 * after a day for long: each look is a dozen events of history. From how many looks on, and the pause in ms.
 */
const UNSENT_PAUSES = [
  { from: 350, ms: 1_800_000 },
  { from: 61, ms: 300_000 },
] as const;
const LONGEST_UNSENT_MS = 30_000;

/** What follows an attempt that brought no answer. */
export type Next =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'block'; readonly error: StatusError }
  | { readonly do: 'end' };

/**
 * What follows a call that was not taken: the failure table as the workflow acts on it, for text and media alike.
 *
 * @param times how often in a row it ended like this, this time included: those that were turned away are bounded, and those that
 *   were not sent are not, as an archive may be away for a week.
 */
export function nextAfter(attempt: TurnedAway | NotSent, times: number, patience: Patience = PATIENCE): Next {
  if (attempt.then === 'end') return { do: 'end' };
  if (attempt.then === 'block') return { do: 'block', error: attempt.error };
  if (attempt.outcome === 'not_sent') {
    const seldom = UNSENT_PAUSES.find(({ from }) => times >= from);
    return { do: 'wait', ms: seldom?.ms ?? pauseAfter(times, LONGEST_UNSENT_MS) };
  }
  if (times >= patience.times || (attempt.afterMs ?? 0) > patience.waitMs) {
    const message = `${attempt.error.message} (turned away ${times === 1 ? 'once' : `${times} times`})`;
    return { do: 'block', error: { ...attempt.error, message } };
  }
  return { do: 'wait', ms: attempt.afterMs ?? pauseAfter(times, LONGEST_WAIT_MS) };
}

/** ms: doubled with every time. */
const pauseAfter = (times: number, longest: number): number =>
  Math.min(FIRST_WAIT_MS * 2 ** (times - 1), longest);
