import { parseQueues, QUEUE_NAMES, type QueueName } from '../../contract/task-queues.js';
import { UsageError } from '../../contract/errors.js';

/** The queues of a worker: all of them when none are named. @throws UsageError */
export function queuesValue(list: string | undefined): readonly QueueName[] {
  if (list === undefined) return QUEUE_NAMES;
  const parsed = parseQueues(list);
  if ('queues' in parsed) return parsed.queues;
  throw new UsageError(
    'queues',
    `queues='${parsed.unknown}' is not a queue; give some of ${QUEUE_NAMES.join(', ')}, with commas between`,
  );
}
