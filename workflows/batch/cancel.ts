import { CancelledFailure, condition, log } from '@temporalio/workflow';
import { watch } from '../activities.js';
import { beginEnding, nextToCancel } from './ending.js';
import { isDue } from './length.js';
import { lookAfterPosts } from './look.js';
import { cancelPosts } from './reach.js';
import { allFinal, type BatchRun } from './run.js';

/**
 * Cancels the posts page by page and waits for their farewells.
 *
 * @param carryOver continues as new. A post is worth half a dozen events, so a large batch needs more than one run to end.
 */
export async function endBatch(run: BatchRun, carryOver: () => Promise<never>): Promise<void> {
  beginEnding(run, Date.now());
  const { until } = run.ending!;
  for (let ids = nextToCancel(run); ids.length > 0; ids = nextToCancel(run)) {
    await cancelPosts(ids, run.cancelledBy);
    if (isDue()) await carryOver();
  }
  while (!allFinal(run) && Date.now() < until) {
    const summary = 'Wait for the posts to clean up';
    await condition(() => allFinal(run) || isDue(), until - Date.now(), {
      summary,
    });
    if (!allFinal(run) && isDue()) await carryOver();
  }
  if (!allFinal(run)) await lookAfterPosts(run);
}

/**
 * A request to cancel ends with the run that it reached. A run that carries on from there has itself cancelled, since only
 * a workflow that was asked to can end as cancelled.
 *
 * @throws CancelledFailure always
 */
export async function cancelAgain({ input }: BatchRun): Promise<never> {
  try {
    await watch.cancelBatch.executeWithOptions({ summary: 'Be cancelled in this run too' }, [
      { batchId: input.id },
    ]);
    await condition(() => false);
  } catch (error) {
    log.info('the batch carries on with being cancelled', { error });
  }
  throw new CancelledFailure('the batch is cancelled');
}
