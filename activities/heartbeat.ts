import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Services } from '../services/services.js';

/** Most activities are over by then, text of a model among them, and have beaten never: each beat is an action that Temporal Cloud bills. */
const FIRST_MS = 8_000;
/** Half of the shortest heartbeat timeout that the workflows set (20 s). */
const EVERY_MS = 10_000;

/**
 * Runs `work` with heartbeats while it lasts, so that a killed worker is noticed in seconds.
 *
 * @param details what a later attempt finds in `heartbeatDetails`.
 * @param work is given what changes the details, and tells them at once.
 */
export async function withHeartbeat<T>(
  details: unknown,
  work: (tell: (details: unknown) => void) => Promise<T>,
): Promise<T> {
  const context = Context.current();
  let told = details;
  const tell = (next: unknown): void => {
    told = next;
    context.heartbeat(told);
  };
  const beat = (): void => {
    tell(told);
    timer = setTimeout(beat, EVERY_MS);
  };
  let timer = setTimeout(beat, FIRST_MS);
  try {
    return await work(tell);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for `ms`, or until the activity is cancelled or the worker begins to stop. Never throws. */
export async function pauseFor({ stopping }: Pick<Services, 'stopping'>, ms: number): Promise<void> {
  const cancelled = Context.current().cancellationSignal;
  if (stopping.aborted || cancelled.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    stopping.addEventListener('abort', done);
    cancelled.addEventListener('abort', done);
    function done(): void {
      clearTimeout(timer);
      stopping.removeEventListener('abort', done);
      cancelled.removeEventListener('abort', done);
      resolve();
    }
  });
}

/**
 * Waits between two looks at something free, which another worker may do as well.
 *
 * @throws ApplicationFailure to be retried elsewhere when the worker stops; CancelledFailure when the activity is cancelled
 */
export async function pauseOrLeave(services: Pick<Services, 'stopping'>, ms: number): Promise<void> {
  await pauseFor(services, ms);
  leaveWhenStopping(services);
  // Rejects at once when the activity is cancelled.
  await Context.current().sleep(0);
}

/** @throws ApplicationFailure to be retried elsewhere when the worker stops */
function leaveWhenStopping({ stopping }: Pick<Services, 'stopping'>): void {
  if (!stopping.aborted) return;
  throw ApplicationFailure.create({
    type: 'Worker.Stopping',
    message: 'the worker stops; another looks on',
    nextRetryDelay: 1_000,
  });
}
