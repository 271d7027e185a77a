import type { Delivery } from '../../../contract/webhooks.js';

/** What is to be told to a receiver. */
export interface NewDelivery extends Pick<
  Delivery,
  'id' | 'account' | 'url' | 'type' | 'postId' | 'batchId' | 'at'
> {
  /** The environment variable of the worker that holds the secret which signs. */
  readonly secretVariable: string;
  /** As it is sent, on every try the same. */
  readonly body: string;
}

/** What a try needs. */
export type DeliveryMessage = Pick<NewDelivery, 'id' | 'url' | 'secretVariable' | 'body'> &
  Pick<Delivery, 'tries'>;

/** What came of a try. */
export type DeliveryTry = Pick<Delivery, 'status' | 'lastStatusCode' | 'lastError' | 'nextTryAt'>;

export interface DeliveryQuery {
  /** Of all when left out. */
  readonly account?: string;
  readonly limit: number;
  /** The `next` of the part before; the newest when left out. */
  readonly cursor?: string;
}

export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  /** The cursor of the next part; null for the last one. */
  readonly next: string | null;
}

/** The log of what was told to the receivers of webhooks. Those of the last 30 days are kept, and what is still pending. */
export interface DeliveryLog {
  /**
   * Puts a delivery on the log, once.
   *
   * @returns whether it is still to be sent
   */
  add(delivery: NewDelivery): Promise<boolean>;
  /** Newest first. */
  list(query: DeliveryQuery): Promise<DeliveryPage>;
  find(id: string): Promise<Delivery | null>;
  findMessage(id: string): Promise<DeliveryMessage | null>;
  /** Counts a try and notes what came of it. */
  saveTry(id: string, outcome: DeliveryTry): Promise<void>;
  /** Notes that a delivery which is still pending is not tried any more. */
  giveUp(id: string): Promise<void>;
}
