import { ActivityFailure, ApplicationFailure, isCancellation, TimeoutFailure } from '@temporalio/workflow';
import type { StatusError } from '../contract/status.js';

/** A step that can't go on without a person. */
export class Blocked extends Error {
  override name = 'Blocked' as const;
  readonly error: StatusError;
  constructor(error: StatusError) {
    super(error.message);
    this.error = error;
  }
}

/** Why a step can't go on without a person. @throws what is no failure of an activity, and a cancellation */
export function whyBlocked(error: unknown): StatusError {
  const why = isCancellation(error) ? null : blockingError(error);
  if (!why) throw error;
  return why;
}

const LONGEST_MESSAGE = 1_000;

/** Why a step failed, for people: null for what is no failure of an activity, which is a bug and stays one. */
export function blockingError(error: unknown): StatusError | null {
  if (error instanceof Blocked) return error.error;
  if (!(error instanceof ActivityFailure)) return null;
  const { cause } = error;
  if (cause instanceof ApplicationFailure) {
    const [details] = (cause.details ?? []) as { requestId?: string | null }[];
    return {
      // One without a dot is a class of JavaScript, which says nothing to a person.
      type: cause.type?.includes('.') ? cause.type : 'Activity.Failed',
      message: cause.message.slice(0, LONGEST_MESSAGE),
      requestId: details?.requestId ?? null,
    };
  }
  const type = cause instanceof TimeoutFailure ? 'Activity.TimedOut' : 'Activity.Failed';
  const message = `${error.activityType}: ${cause?.message ?? error.message}`.slice(0, LONGEST_MESSAGE);
  return { type, message, requestId: null };
}
