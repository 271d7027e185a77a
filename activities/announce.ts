import { createHash } from 'node:crypto';
import { Context, log } from '@temporalio/activity';
import { ServiceError } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { ScheduleOrder, ScheduleProblem } from '../contract/schedule.js';
import type { BatchStatus, PostStatus } from '../contract/status.js';
import type { Services } from '../services/services.js';
import type { Webhook } from '../contract/account.js';
import {
  hearsOf,
  WEBHOOK_WORKFLOW,
  type WebhookEvent,
  type WebhookInput,
  webhookWorkflowId,
} from '../contract/webhooks.js';
import { ArchiveAway } from '../services/archive/database.js';
import type { NewDelivery } from '../services/archive/deliveries/deliveries.js';
import { priorityOf } from '../contract/priority.js';
import { QUEUES } from '../contract/task-queues.js';

/** A schedule of which a run was skipped, and the batch that it waits for. */
export interface SkippedSchedule extends ScheduleOrder {
  readonly problem: ScheduleProblem;
  readonly runningBatchId: string;
}

/** What is told of: a post, a batch, or a schedule. */
export type AnnouncedSubject =
  | { readonly post: PostStatus; readonly reviewUrl: string }
  | { readonly batch: BatchStatus }
  | { readonly schedule: SkippedSchedule; readonly reviewUrl: string };

export const postSubject = (post: PostStatus, deskUrl: string): AnnouncedSubject => ({
  post,
  reviewUrl: `${deskUrl}/desk/posts/${post.id}`,
});

/** Tells the receivers of a post's account, as its batch keeps it, of what has happened once the post's own workflow has ended. */
export async function announceOfPost(
  services: Pick<Services, 'archive' | 'deskUrl'>,
  status: PostStatus,
  event: WebhookEvent,
): Promise<void> {
  const account = await services.archive.records.findAccountOfPost(status.id);
  const webhooks = account?.webhooks ?? [];
  await announceEvents(services, postSubject(status, services.deskUrl), { webhooks, events: [event] });
}

/**
 * Has events told to the receivers that hear of them, each by a workflow of its own, which nobody waits for. May be repeated: an
 * event that is on the log already is neither written nor sent a second time.
 *
 * @throws what the archive or the server throws while it is away; nothing else keeps a record from being written
 */
export async function announceEvents(
  { archive }: Pick<Services, 'archive'>,
  subject: AnnouncedSubject,
  { webhooks, events }: { readonly webhooks: readonly Webhook[]; readonly events: readonly WebhookEvent[] },
): Promise<void> {
  for (const event of events) {
    for (const [index, webhook] of webhooks.entries()) {
      if (!hearsOf(webhook, event.type)) continue;
      const delivery = deliveryOf(subject, event, webhook, index);
      try {
        if (await archive.deliveries.add(delivery)) await startDelivery(delivery);
      } catch (error) {
        if (isPassing(error)) throw error;
        // A record that can't be told of must not be one that can't be written.
        log.error('an event could not be told', { deliveryId: delivery.id, error });
      }
    }
  }
}

/** The archive or the server is away, and back some time. */
const isPassing = (error: unknown): boolean => error instanceof ArchiveAway || error instanceof ServiceError;

/** @param index of the webhook in its account's file; the same receiver may stand there twice */
export function deliveryOf(
  subject: AnnouncedSubject,
  { type, key, at }: WebhookEvent,
  { url, secretVariable }: Webhook,
  index: number,
): NewDelivery {
  const { id, account, postId, batchId } = placeOf(subject);
  const name = [id, type, key, index].join('/');
  return {
    account,
    url,
    secretVariable,
    type,
    at,
    id: `msg_${createHash('sha256').update(name).digest('hex').slice(0, 24)}`,
    postId,
    batchId,
    body: JSON.stringify({ type, timestamp: at, data: subject }),
  };
}

/** What an event's id is drawn from, and where the log has it. */
function placeOf(
  subject: AnnouncedSubject,
): { readonly id: string } & Pick<NewDelivery, 'account' | 'postId' | 'batchId'> {
  if ('post' in subject) return { ...subject.post, postId: subject.post.id };
  if ('batch' in subject) return { ...subject.batch, postId: null, batchId: subject.batch.id };
  return { ...subject.schedule, postId: null, batchId: subject.schedule.runningBatchId };
}

async function startDelivery({ id, account }: NewDelivery): Promise<void> {
  const { workflow } = Context.current().client;
  try {
    await workflow.start<(input: WebhookInput) => Promise<unknown>>(WEBHOOK_WORKFLOW, {
      workflowId: webhookWorkflowId(id),
      taskQueue: QUEUES.workflows,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      priority: priorityOf(account, 'last'),
      args: [{ id }],
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
