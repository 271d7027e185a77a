import type { Gate, PostState } from '../../../contract/states.js';
import type { StatusError } from '../../../contract/status.js';
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
  /** When the post goes out, ISO 8601: as a person said, or the slot that it has been given. Null while it has none. */
  readonly slot: string | null;
  /** What a person said in place of a time; null, as when left out, for what the account does. */
  readonly wish?: 'now' | 'next' | null;
  /** The gate `publish` was opened once more, also where the account has none; left out when it was not. */
  readonly asksAgain?: true;
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
  status: 'blocked',
  error,
  blockedFrom,
});

export const unblock = (decisions: Decisions): Decisions => ({
  ...decisions,
  status: decisions.blockedFrom ?? 'drafting',
  error: null,
});

/** A person has said that there is no such post. */
export const endBy = (decisions: Decisions, status: 'rejected' | 'cancelled'): Decisions => ({
  ...closeGate(enterStatus(decisions, status)),
  slot: null,
  wish: null,
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
  const { opening, passed } = decisions;
  const through = { ...decisions, passed: opening ? [...passed, opening.gate] : passed };
  return publishAt === null ? through : schedulePost(through, publishAt);
}

/** Says when the post goes out: `now` beats a slot, and so does a time. */
export const schedulePost = (decisions: Decisions, publishAt: string): Decisions =>
  publishAt === 'now' || publishAt === 'next'
    ? { ...decisions, slot: null, wish: publishAt }
    : { ...decisions, slot: new Date(publishAt).toISOString(), wish: null };

/** Its slot has gone by, and it takes the next one. */
export const seekSlot = (decisions: Decisions): Decisions => schedulePost(decisions, 'next');

/** Its slot has gone by, and a person is asked again, also where the account does not ask before it publishes. */
export const askAgain = (decisions: Decisions, now: Date): Decisions => ({
  ...openGate(enterStatus(decisions, 'awaiting_approval'), 'publish', now),
  slot: null,
  wish: null,
  asksAgain: true,
  passed: decisions.passed.filter((gate) => gate !== 'publish'),
});

/** The gates at which a person is asked. */
export const gatesOf = (gates: readonly Gate[], { asksAgain }: Decisions): readonly Gate[] =>
  asksAgain && !gates.includes('publish') ? [...gates, 'publish'] : gates;

/**
 * Approvals are for a revision, so a new one has none.
 *
 * @param gates where a person is asked: the time stays where nobody is asked again before it.
 */
export function nextRevision(decisions: Decisions, gates: readonly Gate[]): Decisions {
  const next = { ...decisions, revision: decisions.revision + 1, passed: [] };
  return gatesOf(gates, decisions).includes('publish') ? { ...next, slot: null, wish: null } : next;
}

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

/** The most reminders for one opening of a gate: who has not come by then is reminded by the desk's queue. */
export const MOST_REMINDERS = 5;

interface Alarm {
  readonly kind: 'remind' | 'expire';
  /** ms since the epoch. */
  readonly at: number;
}

/** What rings next while a gate is open; null when nothing will. All in ms. */
export function nextAlarm(gate: {
  readonly opened: number;
  readonly remindAfter: number | null;
  readonly expireAfter: number | null;
  /** How many reminders went out since it opened. */
  readonly reminded: number;
}): Alarm | null {
  const { opened, remindAfter, expireAfter, reminded } = gate;
  const remindAt =
    remindAfter === null || reminded >= MOST_REMINDERS ? Infinity : opened + remindAfter * (reminded + 1);
  const expireAt = expireAfter === null ? Infinity : opened + expireAfter;
  if (expireAt <= remindAt) return expireAt === Infinity ? null : { kind: 'expire', at: expireAt };
  return { kind: 'remind', at: remindAt };
}
