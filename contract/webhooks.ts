import type { Webhook } from './account.js';

/** What happens at a Copydesk that a program elsewhere may want to hear of, and what became of telling it. */

export const WEBHOOK_TYPES = [
  'post.awaiting_approval',
  'post.reminder',
  'post.blocked',
  'post.scheduled',
  'post.published',
  'post.edited',
  'post.unpublished',
  'post.expired',
  'batch.done',
  'schedule.skipped',
] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/** Something that has happened to a post, a batch or a schedule. */
export interface WebhookEvent {
  readonly type: WebhookType;
  /** Tells it from another one of its type: told twice under one key, it is one event. */
  readonly key: string;
  /** When, ISO 8601. */
  readonly at: string;
}

/** Whether a receiver hears of such an event. */
export const hearsOf = ({ events }: Webhook, type: WebhookType): boolean => events?.includes(type) ?? true;

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One event for one receiver, and what became of it so far. Times are ISO 8601. */
export interface Delivery {
  /** The `webhook-id`, the same on every try. */
  readonly id: string;
  readonly account: string;
  readonly url: string;
  readonly type: WebhookType;
  /** Null for an event of a batch or a schedule. */
  readonly postId: string | null;
  /** Of a schedule: the batch that it waits for. */
  readonly batchId: string;
  /** When it happened. */
  readonly at: string;
  readonly tries: number;
  readonly status: DeliveryState;
  /** Of HTTP, of the last answer; null where none came. */
  readonly lastStatusCode: number | null;
  /** Why the last try was not taken; null where it was. */
  readonly lastError: string | null;
  /** When it is tried again, at the latest; null where it isn't. */
  readonly nextTryAt: string | null;
}

/** The workflow that delivers one event to one receiver. */
export const WEBHOOK_WORKFLOW = 'webhook';
export const webhookWorkflowId = (deliveryId: string): string => `webhook/${deliveryId}`;

/** What an id of a delivery looks like. */
export const DELIVERY_ID_PATTERN = /^msg_[0-9a-f]{24}$/;

export interface WebhookInput {
  readonly id: string;
}

/** How often a receiver that does not take a delivery is tried again, in ms. */
export const RETRY = { firstMs: 5_000, factor: 2, longestMs: 3_600_000, forMs: 86_400_000 } as const;

/** How long the pause after so many tries is, in ms. */
export const pauseAfter = (tries: number): number =>
  Math.min(RETRY.firstMs * RETRY.factor ** (tries - 1), RETRY.longestMs);
