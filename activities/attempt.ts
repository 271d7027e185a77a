import type { Charge } from '../contract/money/charge.js';
import type { StatusError } from '../contract/status.js';

/**
 * How one attempt at a paid step ended, for the loop in the workflow that decides what follows. An attempt that may have been
 * paid is never thrown: it comes back as one of these, with its charge.
 *
 * @typeParam Kept what a usable answer brings.
 */
export type Attempt<Kept extends object> =
  /** Paid for, or accepted and to be paid for, and usable. */
  | ({ readonly outcome: 'kept' } & Kept)
  /** Paid for and of no use; `reason` tells the model and people why. */
  | { readonly outcome: 'not_usable'; readonly reason: string }
  /** It was sent, and no answer came: it may have been paid for. */
  | { readonly outcome: 'lost'; readonly reason: string }
  | TurnedAway
  | NotSent;

/** The provider said no, and made nothing. */
export interface TurnedAway {
  readonly outcome: 'turned_away';
  readonly error: StatusError;
  /** `again`: it may be asked once more; `block`: only a person can mend it. */
  readonly then: 'again' | 'block';
  /** What the provider asks for before the next attempt, in ms; null where it does not say. */
  readonly afterMs: number | null;
}

/** Nothing left this process. */
export interface NotSent {
  readonly outcome: 'not_sent';
  readonly error: StatusError;
  /** `again`: what was missing comes back by itself; `block`: a person decides; `end`: the post was cancelled. */
  readonly then: 'again' | 'block' | 'end';
}

export const notSent = (then: NotSent['then'], type: string, message: string): NotSent => ({
  outcome: 'not_sent',
  then,
  error: { type, message: message.slice(0, 1_000), requestId: null },
});

/** What a text call tells of itself beside its outcome. */
export interface CallFacts {
  readonly charges: readonly Charge[];
  readonly provider: string;
  readonly model: string;
  /** Wall time of the call in seconds; null where there was no answer. */
  readonly seconds: number | null;
  /** Name and version of the prompt. */
  readonly prompt: string;
  readonly offline: boolean;
  /** ISO 8601. */
  readonly at: string;
}
