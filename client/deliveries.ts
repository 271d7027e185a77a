import { UsageError } from '../contract/errors.js';
import { QUEUES } from '../contract/task-queues.js';
import {
  DELIVERY_ID_PATTERN,
  WEBHOOK_WORKFLOW,
  webhookWorkflowId,
  type WebhookInput,
} from '../contract/webhooks.js';
import type { Calls } from './calls.js';

/** What a Copydesk told to programs elsewhere. */
export class Deliveries {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /**
   * Has a delivery sent once more, under the same `webhook-id` and with the same words, and tried for another day. One that is
   * being tried already goes on as it is. The log shows what comes of it.
   *
   * @param id as the log of deliveries has it
   * @throws UsageError for what is no id of a delivery
   */
  async sendAgain(id: string): Promise<void> {
    if (!DELIVERY_ID_PATTERN.test(id))
      throw new UsageError('id', `id='${id}' is not the id of a delivery, such as msg_0a1b…`);
    const { workflow } = this.#calls.temporal.client;
    try {
      await this.#calls.within(() =>
        workflow.start<(input: WebhookInput) => Promise<unknown>>(WEBHOOK_WORKFLOW, {
          workflowId: webhookWorkflowId(id),
          taskQueue: QUEUES.workflows,
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          workflowIdConflictPolicy: 'USE_EXISTING',
          args: [{ id }],
        }),
      );
    } catch (error) {
      throw this.#calls.explained(`sending delivery ${id} again`, error);
    }
  }
}
