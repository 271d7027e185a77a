import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Services } from '../services/services.js';

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
export function leaveWhenStopping({ stopping }: Pick<Services, 'stopping'>): void {
  if (!stopping.aborted) return;
  throw ApplicationFailure.create({
    type: 'Worker.Stopping',
    message: 'the worker stops; another looks on',
    nextRetryDelay: 1_000,
  });
}
