import { ActivityFailure, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { QUEUES } from '../contract/task-queues.js';

const HEARTBEAT = '20 seconds';

/** The archive may be down for long; what is decided about a published post is done late rather than never. */
export const records = proxyActivities<
  Pick<Activities, 'beginEdit' | 'saveEdit' | 'recordTargetEdit' | 'beginUnpublish' | 'recordRemoval'>
>({
  taskQueue: QUEUES.record,
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '200 milliseconds', maximumInterval: '1 minute' },
});

/** A target that does not answer is asked for a day, which changes nothing twice; then a person sees on the record what it still has. */
export const targets = proxyActivities<Pick<Activities, 'editAtTarget' | 'unpublish'>>({
  taskQueue: QUEUES.publish,
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '1 day',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1 second', maximumInterval: '10 minutes' },
});

/** Why a target did not answer in all that time. @throws what is no failure of it, such as a cancel */
export function silenceOf(error: unknown): string {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
  return error.cause?.message ?? 'it did not answer';
}
