import type { Gate, PostState } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';
import { NO_REVIEWS, noteReview, type Entry, type HeldAgainst, type ReviewLog } from './review-log.js';

/** A gate that is open, for one revision. Another revision, or another gate, is another opening. */
export interface Opening {
  readonly gate: Gate;
  readonly revision: number;
  /** When it opened, ISO 8601: reminders and expiry count from here, also in a later run of the workflow. */
  readonly since: string;
  /** How many reminders have gone out since. */
  readonly reminded: number;
}

/** What is decided: where the post stands, and what people have said of it. */
export interface Decisions {
  readonly status: PostState;
  readonly error: StatusError | null;
  /** What `blocked` goes back to when a person resumes. */
  readonly blockedFrom: PostState | null;
  readonly revision: number;
  /** The gate that is open; null when none is. */
  readonly opening: Opening | null;
  /** The gates that are behind this revision. */
  readonly passed: readonly Gate[];
  /** When an approval said to publish, ISO 8601. */
  readonly slot: string | null;
  /** When a person was last reminded, ISO 8601. */
  readonly remindedAt: string | null;
  readonly log: ReviewLog;
}

export const NO_DECISIONS: Decisions = {
  status: 'drafting',
  error: null,
  blockedFrom: null,
  revision: 1,
  opening: null,
  passed: [],
  slot: null,
  remindedAt: null,
  log: NO_REVIEWS,
};

export const enterStatus = (decisions: Decisions, status: PostState): Decisions => ({ ...decisions, status });

/** Waits for a person, who sends it back to where it came from. */
export const blockAt = (decisions: Decisions, error: StatusError, blockedFrom: PostState): Decisions => ({
  ...decisions,
  ...{ status: 'blocked', error, blockedFrom },
});

export const unblock = (decisions: Decisions): Decisions => ({
  ...decisions,
  ...{ status: decisions.blockedFrom ?? 'drafting', error: null },
});

/** A person has said that there is no such post. */
export const endBy = (decisions: Decisions, status: 'rejected' | 'cancelled'): Decisions => ({
  ...closeGate(enterStatus(decisions, status)),
  slot: null,
});

/** Nobody has decided in time. */
export const expire = (decisions: Decisions): Decisions => closeGate(enterStatus(decisions, 'expired'));

/** Opens a gate for the revision that the post is at. One that is open already stays as it is. */
export function openGate(decisions: Decisions, gate: Gate, now: Date): Decisions {
  const { opening, revision } = decisions;
  if (opening?.gate === gate && opening.revision === revision) return decisions;
  return {
    ...decisions,
    opening: { gate, revision, since: now.toISOString(), reminded: 0 },
    remindedAt: null,
  };
}

export const closeGate = (decisions: Decisions): Decisions => ({ ...decisions, opening: null });

/** Whether a person still has to decide on what this gate opened for. */
export const isStillOpen = ({ opening }: Decisions, { gate, revision }: Opening): boolean =>
  opening?.gate === gate && opening.revision === revision;

/** Notes that a person is being reminded. */
export const noteReminder = ({ opening, ...rest }: Decisions, now: Date): Decisions => ({
  ...rest,
  opening: opening && { ...opening, reminded: opening.reminded + 1 },
  remindedAt: now.toISOString(),
});

/** Passes the open gate, to be published when the approval says, or when one before it said. */
export function passGate(decisions: Decisions, publishAt: string | null): Decisions {
  const { opening, passed, slot } = decisions;
  return {
    ...decisions,
    passed: opening ? [...passed, opening.gate] : passed,
    slot: publishAt === null ? slot : slotOf(publishAt),
  };
}

/** `now` beats a slot, and without slots of an account the next free one is now. */
const slotOf = (publishAt: string): string | null =>
  publishAt === 'now' || publishAt === 'next' ? null : new Date(publishAt).toISOString();

/**
 * Approvals are for a revision, so a new one has none.
 *
 * @param gates where a person is asked: the time stays where nobody is asked again before it.
 */
export const nextRevision = (decisions: Decisions, gates: readonly Gate[]): Decisions => ({
  ...decisions,
  revision: decisions.revision + 1,
  passed: [],
  slot: gates.includes('publish') ? null : decisions.slot,
});

/** Notes a decision on the record; see `noteReview`. @returns the decisions themselves where one more that was dropped has no place */
export function noteDecision(
  decisions: Decisions,
  entry: Entry,
  standing: HeldAgainst,
  now: Date,
): Decisions {
  const log = noteReview(decisions.log, entry, standing, now);
  return log === decisions.log ? decisions : { ...decisions, log };
}

export const clearError = (decisions: Decisions): Decisions => ({ ...decisions, error: null });
