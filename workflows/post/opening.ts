import type { Gate } from '../../contract/states.js';
import type { PostRun } from './run.js';

/** A gate that is open, for one revision. Another revision, or another gate, is another opening. */
export interface Opening {
  readonly gate: Gate;
  readonly revision: number;
  /** When it opened, ISO 8601: reminders and expiry count from here, also in a later run of the workflow. */
  readonly since: string;
  /** How many reminders have gone out since. */
  readonly reminded: number;
}

/** Opens a gate for the revision that the post is at. One that is open already stays as it is. */
export function openGate(run: PostRun, gate: Gate, now: Date): void {
  const { opening, revision } = run;
  if (opening?.gate === gate && opening.revision === revision) return;
  run.opening = { gate, revision, since: now.toISOString(), reminded: 0 };
  run.remindedAt = null;
}

/** Whether a person still has to decide on what this gate opened for. */
export const isStillOpen = (run: PostRun, { gate, revision }: Opening): boolean =>
  run.opening?.gate === gate && run.opening.revision === revision;

/** Notes that a person is being reminded. */
export function noteReminder(run: PostRun, now: Date): void {
  if (run.opening) run.opening = { ...run.opening, reminded: run.opening.reminded + 1 };
  run.remindedAt = now.toISOString();
}
