import { type Insertable, type Kysely, sql } from 'kysely';
import type { Delivery } from '../../../contract/webhooks.js';
import { pageOf, storable } from '../database.js';
import type { Schema } from '../schema.js';

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

interface DeliveryQuery {
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

const KEPT_MS = 30 * 86_400_000;

export const createDeliveries = (db: Kysely<Schema>): DeliveryLog => ({
  async add(delivery) {
    await db
      .insertInto('deliveries')
      .values(rowOf(storable(delivery)))
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    await forgetOld(db, delivery);
    const row = await db
      .selectFrom('deliveries')
      .select('status')
      .where('id', '=', delivery.id)
      .executeTakeFirst();
    return row?.status === 'pending';
  },

  async list({ account, limit, cursor }) {
    let deliveries = shown(db)
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (account !== undefined) deliveries = deliveries.where('account', '=', account);
    if (cursor !== undefined) {
      deliveries = deliveries.where(
        sql<boolean>`(at, id) < (select at, id from deliveries where id = ${cursor})`,
      );
    }
    const { rows, next } = pageOf(await deliveries.execute(), limit);
    return { deliveries: rows, next };
  },

  async find(id) {
    return (await shown(db).where('id', '=', id).executeTakeFirst()) ?? null;
  },

  async findMessage(id) {
    const row = await db
      .selectFrom('deliveries')
      .select(['id', 'url', 'secret as secretVariable', 'body', 'tries'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row ?? null;
  },

  async saveTry(id, outcome) {
    const { status, lastStatusCode, lastError, nextTryAt } = storable(outcome);
    await db
      .updateTable('deliveries')
      .set((eb) => ({
        status,
        last_status_code: lastStatusCode,
        last_error: lastError,
        next_try_at: nextTryAt,
        tries: eb('tries', '+', 1),
      }))
      .where('id', '=', id)
      .execute();
  },

  async giveUp(id) {
    await db
      .updateTable('deliveries')
      .set({ status: 'failed', next_try_at: null })
      .where('id', '=', id)
      .where('status', '=', 'pending')
      .execute();
  },
});

const rowOf = ({
  postId,
  batchId,
  secretVariable,
  ...same
}: NewDelivery): Insertable<Schema['deliveries']> => ({
  ...same,
  post_id: postId,
  batch_id: batchId,
  secret: secretVariable,
  tries: 0,
  status: 'pending',
  last_status_code: null,
  last_error: null,
  next_try_at: null,
});

/** A log has no end of its own. */
async function forgetOld(db: Kysely<Schema>, { account, at }: NewDelivery): Promise<void> {
  await db
    .deleteFrom('deliveries')
    .where('account', '=', account)
    .where('at', '<', new Date(Date.parse(at) - KEPT_MS).toISOString())
    .where('status', '<>', 'pending')
    .execute();
}

const shown = (db: Kysely<Schema>) =>
  db
    .selectFrom('deliveries')
    .select(['id', 'account', 'url', 'type', 'at', 'tries', 'status'])
    .select(['post_id as postId', 'batch_id as batchId', 'last_status_code as lastStatusCode'])
    .select(['last_error as lastError', 'next_try_at as nextTryAt']);
