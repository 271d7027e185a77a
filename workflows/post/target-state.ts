import type { StatusError } from '../../contract/status.js';
import type { NotPublished, PublicationSearch } from '../../contract/targets/attempt.js';

/** How it stands with a target that has not taken the post. */
export interface TargetState {
  /** Since when it is tried, ISO 8601: the first time, or since a person last asked for it. */
  readonly since: string;
  /** What is done next: an attempt, or a look for what an attempt may have left behind. */
  readonly next: 'publish' | 'look';
  /** Not before, ISO 8601; null for at once. */
  readonly nextAt: string | null;
  /** An attempt is under way. */
  readonly isTrying: boolean;
  /** An attempt may have been taken. */
  readonly mayBeOut: boolean;
  /** A person was told that it can't be known whether it is out, and asked for it all the same. */
  readonly confirmed: boolean;
  /** Why it is tried again, for people; null where nothing went wrong. */
  readonly reason: string | null;
  /** Why nothing is done without a person; null while it is tried. */
  readonly error: StatusError | null;
  /** Since when it waits for a person, ISO 8601; null while it is tried. */
  readonly stoppedAt: string | null;
}

/** A target that is away is waited for this long, in ms; then a person is asked. */
export const PATIENCE_MS = 7 * 24 * 3_600_000;
const SHORTEST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30 * 60_000;

/** The error of a target of which it can't be known whether it has the post. */
export const UNKNOWN_OUTCOME = 'Target.UnknownOutcome';

export const newTargetState = (now: Date): TargetState => ({
  since: now.toISOString(),
  next: 'publish',
  nextAt: null,
  isTrying: false,
  mayBeOut: false,
  confirmed: false,
  reason: null,
  error: null,
  stoppedAt: null,
});

export const beginAttempt = (state: TargetState): TargetState => ({ ...state, isTrying: true });

/** What follows an attempt that brought no publication. */
export function afterAttempt(state: TargetState, attempt: NotPublished, now: Date): TargetState {
  const ended = { ...state, isTrying: false };
  const { error } = attempt;
  switch (attempt.outcome) {
    case 'refused':
      return stop(ended, error, now);
    case 'later':
      return pause({ ...ended, next: 'publish' }, attempt, now);
    case 'unknown':
      return pause({ ...ended, next: attempt.repeatable ? 'publish' : 'look', mayBeOut: true }, attempt, now);
  }
}

/** What follows a look that found no publication. */
export function afterSearch(
  state: TargetState,
  search: Exclude<PublicationSearch, { readonly found: 'publication' }>,
  now: Date,
): TargetState {
  const again = { ...state, next: 'publish', nextAt: null } as const;
  switch (search.found) {
    case 'nothing':
      return { ...again, mayBeOut: false };
    case 'repeatable':
      return again;
    case 'later':
      return pause(state, search, now);
    case 'unknowable': {
      // Whoever asked for it once more was told to look for themselves.
      if (state.confirmed) return { ...again, mayBeOut: false };
      const message = `${unknownWords(search.error.message)}: resume publishes it where it still can't be found`;
      return stop(state, { ...search.error, type: UNKNOWN_OUTCOME, message }, now);
    }
  }
}

/** What follows the last look, of a post that ends: nothing more is tried, and where it can't be known a person has to look. */
export function afterLastSearch(
  state: TargetState,
  search: Exclude<PublicationSearch, { readonly found: 'publication' }>,
  now: Date,
): TargetState {
  if (search.found === 'nothing') {
    const wasUnknown = state.error?.type === UNKNOWN_OUTCOME;
    return { ...state, mayBeOut: false, ...(wasUnknown && { error: null, stoppedAt: null }) };
  }
  const why = search.found === 'repeatable' ? 'it does not say' : search.error.message;
  const error = { type: UNKNOWN_OUTCOME, message: unknownWords(why), requestId: null };
  return stop(state, error, now);
}

const unknownWords = (why: string): string =>
  `it can't be known whether the post is there: ${why}; look there`;

/** A person asks for it once more. What may be out is looked for before anything is written. */
export const tryAgain = (state: TargetState, now: Date): TargetState => ({
  ...state,
  since: now.toISOString(),
  nextAt: null,
  confirmed: state.error?.type === UNKNOWN_OUTCOME,
  error: null,
  stoppedAt: null,
});

const stop = (state: TargetState, error: StatusError, now: Date): TargetState => ({
  ...state,
  isTrying: false,
  nextAt: null,
  error,
  stoppedAt: now.toISOString(),
});

/** Waits as long as the target says, or a fifth of how long it has been tried; asks a person in the end. */
function pause(
  state: TargetState,
  { error, retryAfterSeconds }: { error: StatusError; retryAfterSeconds: number | null },
  now: Date,
): TargetState {
  const tried = now.getTime() - Date.parse(state.since);
  const ms =
    retryAfterSeconds === null
      ? Math.min(Math.max(tried / 5, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS)
      : Math.max(retryAfterSeconds * 1_000, SHORTEST_PAUSE_MS);
  if (tried + ms > PATIENCE_MS) {
    const message = `${error.message} (tried since ${state.since})`;
    return stop(state, { ...error, message }, now);
  }
  const nextAt = new Date(now.getTime() + Math.round(ms)).toISOString();
  return { ...state, nextAt, reason: `${error.message}; tried again at ${nextAt}` };
}
