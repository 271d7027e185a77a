import { isBatchFinal, type BatchState } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';

/** A batch that has been cancelled and cancels its posts. */
export interface Ending {
  /** The ids of the posts that have not been cancelled yet. */
  readonly untold: readonly string[];
  /** How long it waits for its posts to say that they have cleaned up, in ms since 1970. */
  readonly until: number;
}

/** Where a batch stands. */
export interface Progress {
  readonly status: BatchState;
  /** Nothing more is started for now: a person said so, or a key that stops every post. */
  readonly paused: boolean;
  readonly error: StatusError | null;
  /** How far the batch is with ending; null unless it has been cancelled. */
  readonly ending: Ending | null;
}

export const NO_PROGRESS: Progress = { status: 'planning', paused: false, error: null, ending: null };

/** @param begun posts have been started */
const statusOf = ({ paused }: Progress, begun: boolean): BatchState =>
  paused ? 'paused' : begun ? 'running' : 'planning';

/** Takes the status that goes with what has been started; one that is blocked says so itself. */
export const updateStatus = (progress: Progress, begun: boolean): Progress => ({
  ...progress,
  status: statusOf(progress, begun),
});

export const blockBatch = (progress: Progress, error: StatusError): Progress => ({
  ...progress,
  status: 'blocked',
  error,
});

/** Nothing more is started. A batch whose plan is blocked stays so. */
export function pause(progress: Progress, begun: boolean): Progress {
  const paused = { ...progress, paused: true };
  return progress.status === 'blocked' ? paused : updateStatus(paused, begun);
}

/** A key that is wrong stops what is at work, and nothing more: the batch says why and waits for a resume. */
export function pauseForKey(progress: Progress, why: StatusError): Progress {
  if (progress.error || progress.status === 'blocked' || isBatchFinal(progress.status)) return progress;
  return { ...progress, paused: true, status: 'paused', error: why };
}

export const resume = (progress: Progress, begun: boolean): Progress =>
  updateStatus({ ...progress, paused: false, error: null }, begun);

export const finish = (progress: Progress): Progress => ({ ...progress, status: 'done', error: null });

export const beginEnding = (progress: Progress, ending: Ending): Progress => ({
  ...progress,
  status: 'cancelled',
  ending,
});

/** The first posts have been told. */
export const dropUntold = (progress: Progress, count: number): Progress => ({
  ...progress,
  ending: progress.ending && { ...progress.ending, untold: progress.ending.untold.slice(count) },
});
