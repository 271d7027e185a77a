import type { Mix } from './mix.js';
import type { BatchStatus } from './status.js';

/** The workflow of one run of a schedule: it starts a batch, and is open as long as that batch is. */
export const SCHEDULE_WORKFLOW = 'schedule';

/** The id of the Temporal Schedule. Each run's workflow has it too, with its time behind it: `schedule/<id>-2026-11-30T06:00:00Z`. */
export const scheduleWorkflowId = (scheduleId: string): string => `schedule/${scheduleId}`;

/** What a schedule does at a time at which the batch before still runs. */
export const OVERLAPS = ['skip', 'queue'] as const;
export type Overlap = (typeof OVERLAPS)[number];

/** For people, where they choose. */
export const OVERLAP_WORDS: Readonly<Record<Overlap, string>> = {
  skip: 'no new batch is started while the one before still runs',
  queue: 'a new batch waits until the one before has ended',
};

/** How late a run may be that was missed while the server was off, in ms. */
export const CATCH_UP_MS = 86_400_000;
export const CATCH_UP_WORDS =
  'A run that was missed while the Temporal server was off is made up for if it is less than a day late, and left out otherwise.';

/** What each run is started with. The account is read when it runs. */
export interface ScheduleOrder {
  /** Of the schedule. */
  readonly id: string;
  /** The account's handle. */
  readonly account: string;
  readonly planner: string;
  readonly mix: Mix;
  readonly brief: string | null;
  /** US dollars; null for the account's own budget of a batch, as it is at the time. */
  readonly budgetUsd: number | null;
  /** As it was typed: Temporal keeps only what it read of it. Left out by a schedule whose memo has it. */
  readonly cron?: string;
  /** Starts at 1, where it may be left out; each change makes the next. */
  readonly revision?: number;
}

/** What a run came to: the batch that it started; null where it was skipped. */
export interface ScheduleRun {
  readonly batchId: string | null;
}

/** A run that started nothing. */
export interface ScheduleProblem {
  /** The time for which it was planned, ISO 8601. */
  readonly at: string;
  /** Why, in one line. */
  readonly message: string;
  /** The batch before still ran, which is what the message says of it; else the batch could not be started. */
  readonly skipped: boolean;
}

/** What became of a run that started nothing, to follow its time. */
export const runWords = ({ skipped }: Pick<ScheduleProblem, 'skipped'>): string =>
  skipped ? 'was skipped' : 'started no batch';

/** Why a run that finds this batch at work starts none, in one line: what has to happen first. */
export function skipReason({ id, status, counts }: Pick<BatchStatus, 'id' | 'status' | 'counts'>): string {
  const waiting = (counts.awaiting_approval ?? 0) + (counts.blocked ?? 0);
  if (waiting > 0) return `batch ${id} waits for you (${waiting === 1 ? '1 post' : `${waiting} posts`})`;
  return `batch ${id} ${status === 'paused' || status === 'blocked' ? `is ${status}` : 'still runs'}`;
}

/** A schedule as it stands. Times are ISO 8601. */
export interface ScheduleStatus extends ScheduleOrder {
  readonly cron: string;
  readonly revision: number;
  /** IANA. */
  readonly timeZone: string;
  readonly overlap: Overlap;
  readonly paused: boolean;
  /** What was noted when it was paused or resumed; null for nothing. */
  readonly note: string | null;
  /** The next times, soonest first; none while it is paused. */
  readonly next: readonly string[];
  readonly lastBatchId: string | null;
  /** The batch that it started and that still runs. */
  readonly runningBatchId: string | null;
  /** The last run, where it started nothing; a skip only while the batch before still runs. */
  readonly problem: ScheduleProblem | null;
  /** How many times were left out since the batch before still ran. */
  readonly skipped: number;
  /** How many times were left out since the server was off for too long. */
  readonly missed: number;
}
