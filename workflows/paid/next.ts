import type { NotSent, TurnedAway } from '../../activities/attempt.js';
import type { StatusError } from '../../contract/status.js';

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

/** What follows an attempt that brought no answer. */
export type Next =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'block'; readonly error: StatusError }
  | { readonly do: 'end' };

/**
 * What follows a call that was not taken: the failure table as the workflow acts on it, for text and media alike.
 *
 * @param turnedAway how often the provider has turned this call away in a row, this time included. What was not sent does not
 *   count: an archive may be away for a week.
 */
export function nextAfter(
  attempt: TurnedAway | NotSent,
  turnedAway: number,
  { times, waitMs }: Patience = PATIENCE,
): Next {
  if (attempt.then === 'end') return { do: 'end' };
  if (attempt.then === 'block') return { do: 'block', error: attempt.error };
  // The activity itself has waited long for what is missing.
  if (attempt.outcome === 'not_sent') return { do: 'wait', ms: FIRST_WAIT_MS };
  if (turnedAway >= times || (attempt.afterMs ?? 0) > waitMs) {
    const message = `${attempt.error.message} (turned away ${turnedAway === 1 ? 'once' : `${turnedAway} times`})`;
    return { do: 'block', error: { ...attempt.error, message } };
  }
  return { do: 'wait', ms: attempt.afterMs ?? pauseAfter(turnedAway) };
}

/** ms: doubled with every time, up to a minute. */
const pauseAfter = (turnedAway: number): number =>
  Math.min(FIRST_WAIT_MS * 2 ** (turnedAway - 1), LONGEST_WAIT_MS);
