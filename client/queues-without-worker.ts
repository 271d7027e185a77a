import { QUEUES, type QueueName } from '../contract/task-queues.js';
import type { Temporal } from './temporal.js';

/** The queues that nobody polls: what is put there waits. The server remembers a poller for five minutes. */
export async function queuesWithoutWorker(
  { client, namespace }: Pick<Temporal, 'client' | 'namespace'>,
  queues: readonly QueueName[],
): Promise<readonly QueueName[]> {
  const isPolled = async (queue: QueueName): Promise<boolean> => {
    const { pollers } = await client.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: QUEUES[queue] },
      // Of temporal.api.enums.v1.TaskQueueType: 1 is workflow, 2 activity.
      taskQueueType: queue === 'workflows' ? 1 : 2,
    });
    return (pollers ?? []).length > 0;
  };
  const polled = await Promise.all(queues.map(isPolled));
  return queues.filter((_, at) => !polled[at]);
}
