import type { Insertable, Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { Charge } from '../../contract/charge.js';
import type { Publication } from '../../contract/status.js';
import type { Edition } from '../publishers/publisher.js';
import type { BatchRecord, PostRecord } from './archive.js';
import { chargeValues } from './charge-row.js';
import type { Schema } from './schema.js';
import { storable } from './storable.js';

const toNano = (usd: number): number => Math.round(usd * 1_000_000_000);

/** Writes a batch and its planning charges in one transaction; an older sequence adds only its charges. */
export async function saveBatch(db: Kysely<Schema>, record: BatchRecord): Promise<void> {
  const { sequence, status, account, charges } = storable(record);
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('batches')
      .values({
        id: status.id,
        account: status.account,
        planner: status.planner,
        mix: JSON.stringify(status.mix),
        status: status.status,
        sequence,
        plan_cost: 0,
        created_at: status.createdAt,
        doc: JSON.stringify(status),
        account_doc: JSON.stringify(account),
      })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((eb) => ({
            status: eb.ref('excluded.status'),
            sequence: eb.ref('excluded.sequence'),
            doc: eb.ref('excluded.doc'),
            account_doc: eb.ref('excluded.account_doc'),
          }))
          .whereRef('batches.sequence', '<', 'excluded.sequence'),
      )
      .execute();
    await insertCharges(trx, charges, { ...status, batchId: status.id, postId: null });
    await sumPlanCost(trx, status.id);
  });
}

/** Summed from the charges, since a record may carry only those that are new. */
async function sumPlanCost(trx: Transaction<Schema>, batchId: string): Promise<void> {
  const sum = trx
    .selectFrom('charges')
    .select(sql<number>`coalesce(sum(amount), 0)::int8`.as('sum'))
    .where('batch_id', '=', batchId)
    .where('post_id', 'is', null)
    .where('basis', '<>', 'unknown');
  await trx.updateTable('batches').set({ plan_cost: sum }).where('id', '=', batchId).execute();
}

/** Writes a post and its charges in one transaction; an older sequence adds only its charges. */
export async function savePost(db: Kysely<Schema>, record: PostRecord): Promise<void> {
  const { sequence, status, remindedAt, charges } = storable(record);
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('posts')
      .values({
        ...postValues(status),
        sequence,
        reminded_at: remindedAt ?? null,
        doc: JSON.stringify(status),
      })
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((eb) => ({
            title: eb.ref('excluded.title'),
            status: eb.ref('excluded.status'),
            gate: eb.ref('excluded.gate'),
            revision: eb.ref('excluded.revision'),
            cost: eb.ref('excluded.cost'),
            unknown: eb.ref('excluded.unknown'),
            offline: eb.ref('excluded.offline'),
            sequence: eb.ref('excluded.sequence'),
            status_since: eb
              .case()
              .when('posts.status', '=', eb.ref('excluded.status'))
              .then(eb.ref('posts.status_since'))
              .else(eb.ref('excluded.status_since'))
              .end(),
            published_at: eb.ref('excluded.published_at'),
            reminded_at: eb.ref('excluded.reminded_at'),
            doc: eb.ref('excluded.doc'),
          }))
          .whereRef('posts.sequence', '<', 'excluded.sequence'),
      )
      .execute();
    await insertCharges(trx, charges, { ...status, postId: status.id });
  });
}

function postValues(
  status: PostRecord['status'],
): Omit<Insertable<Schema['posts']>, 'sequence' | 'reminded_at' | 'doc'> {
  return {
    id: status.id,
    batch_id: status.batchId,
    account: status.account,
    planner: status.planner,
    content_format: status.contentFormat,
    title: status.title,
    status: status.status,
    gate: status.gate,
    revision: status.revision,
    cost: toNano(status.costUsd),
    unknown: toNano(status.unknownUsd),
    offline: status.offline,
    created_at: status.createdAt,
    published_at: status.publishedAt,
  };
}

interface ChargeOwner {
  readonly postId: string | null;
  readonly batchId: string;
  readonly account: string;
  readonly planner: string;
}

async function insertCharges(
  trx: Transaction<Schema>,
  charges: readonly Charge[],
  { postId, batchId, account, planner }: ChargeOwner,
): Promise<void> {
  if (charges.length === 0) return;
  const owner = { post_id: postId, batch_id: batchId, account, planner };
  await trx
    .insertInto('charges')
    .values(charges.map((charge) => ({ ...owner, ...chargeValues(charge) })))
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}

/** Stores an edition unless its post has one at the target already, and answers what is stored. */
export async function savePublication(
  db: Kysely<Schema>,
  edition: Edition,
  publication: Publication,
): Promise<Publication> {
  const stored = storable(edition);
  return db.transaction().execute(async (trx) => {
    await trx
      .insertInto('publications')
      .values({
        ...publication,
        post_id: stored.postId,
        account: stored.account,
        edition: JSON.stringify(stored),
      })
      .onConflict((conflict) => conflict.columns(['post_id', 'target']).doNothing())
      .execute();
    return trx
      .selectFrom('publications')
      .select(['target', 'url', 'at'])
      .where('post_id', '=', stored.postId)
      .where('target', '=', publication.target)
      .executeTakeFirstOrThrow();
  });
}
