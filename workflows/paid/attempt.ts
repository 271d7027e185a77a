import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  isCancellation,
  sleep,
} from '@temporalio/workflow';
import type { Attempt } from '../../activities/attempt.js';
import { Blocked } from '../blocked.js';
import { nextAfter, type Patience } from './next.js';

/** An attempt that was taken: paid for or accepted, or perhaps so. */
export type Taken<A> = Exclude<A, { readonly outcome: 'turned_away' | 'not_sent' }>;

/** One paid call, and the words of its step for people. */
export interface PaidCall<A> {
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
  for (;;) {
    const attempt = await makeOne(call);
    if (attempt === null) continue;
    if (attempt.outcome !== 'turned_away' && attempt.outcome !== 'not_sent') return attempt as Taken<A>;
    if (attempt.outcome === 'turned_away') turnedAway += 1;
    const next = nextAfter(attempt, turnedAway, call.patience);
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
