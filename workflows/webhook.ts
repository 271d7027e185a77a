import { ActivityFailure, CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import { QUEUES } from '../contract/task-queues.js';
import { RETRY, type DeliveryState, type WebhookInput } from '../contract/webhooks.js';

/** A receiver is tried for a day, with growing pauses. The activity itself says how long each is, as the log shows. */
const { deliver } = proxyActivities<Pick<Activities, 'deliver'>>({
  taskQueue: QUEUES.deliver,
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: RETRY.forMs,
  retry: {
    initialInterval: RETRY.firstMs,
    backoffCoefficient: RETRY.factor,
    maximumInterval: RETRY.longestMs,
  },
});

const { giveUpDelivery } = proxyActivities<Pick<Activities, 'giveUpDelivery'>>({
  taskQueue: QUEUES.record,
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** Delivers one event to one receiver. Nobody waits for it, and no post knows of it. */
export async function webhook(input: WebhookInput): Promise<DeliveryState> {
  try {
    await deliver(input);
    return 'delivered';
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await CancellationScope.nonCancellable(() => giveUpDelivery(input));
    return 'failed';
  }
}
