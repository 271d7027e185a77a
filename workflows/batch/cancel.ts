import { CancelledFailure, condition, log } from '@temporalio/workflow';
import { watch } from '../activities.js';
import type { Cell } from '../cell.js';
import { endPosts, dropCancelled, nextToCancel } from './apply.js';
import { isBatchDue } from '../history-length.js';
import { lookAfterPosts } from './daily-look.js';
import { allFinal } from './posts.js';
import { cancelPosts } from './post-workflows.js';
import type { Batch } from './state.js';

/**
 * Cancels the posts page by page and waits for their farewells.
 *
 * @param carryOver continues as new. A post is worth half a dozen events, so a large batch needs more than one run to end.
 */
export async function endBatch(batch: Cell<Batch>, carryOver: () => Promise<never>): Promise<void> {
  batch.change((now) => endPosts(now, Date.now()));
  for (let ids = nextToCancel(batch.value); ids.length > 0; ids = nextToCancel(batch.value)) {
    batch.change(dropCancelled);
    await cancelPosts(ids, batch.value.orders.cancelledBy);
    if (isBatchDue()) await carryOver();
  }
  const { until } = batch.value.progress.ending!;
  const haveEnded = (): boolean => allFinal(batch.value.posts);
  while (!haveEnded() && Date.now() < until) {
    const summary = 'Wait for the posts to clean up';
    await condition(() => haveEnded() || isBatchDue(), until - Date.now(), {
      summary,
    });
    if (!haveEnded() && isBatchDue()) await carryOver();
  }
  if (!haveEnded()) await lookAfterPosts(batch);
}

/**
 * A request to cancel ends with the run that it reached. A run that carries on from there has itself cancelled, since only
 * a workflow that was asked to can end as cancelled.
 *
 * @throws CancelledFailure always
 */
export async function cancelAgain(batchId: string): Promise<never> {
  try {
    await watch.cancelBatch.executeWithOptions({ summary: 'Be cancelled in this run too' }, [{ batchId }]);
    await condition(() => false);
  } catch (error) {
    log.info('the batch carries on with being cancelled', { error });
  }
  throw new CancelledFailure('the batch is cancelled');
}
