import type { Insertable, Kysely } from 'kysely';
import type { Charge } from '../../../contract/money/charge.js';
import { toNano } from '../../../contract/money/nano.js';
import type { Publication } from '../../../contract/status.js';
import type { Edition } from '../../publishers/publisher.js';
import type { BatchRecord, PostRecord } from '../archive.js';
import { lockAccount } from '../lock.js';
import { bringCharges, sumPlanCosts } from '../ledger/write-charges.js';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';

/** Writes a batch and its planning charges in one transaction; an older sequence adds only its charges. */
export async function saveBatch(db: Kysely<Schema>, record: BatchRecord): Promise<Charge[]> {
  const { sequence, status, account, charges, monthBudget } = storable(record);
  return db.transaction().execute(async (trx) => {
    await lockAccount(trx, status.account);
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
        budget: toNano(status.budgetUsd),
        month_budget: monthBudget ?? account.budget.month ?? null,
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
            budget: eb.ref('excluded.budget'),
            month_budget: eb.ref('excluded.month_budget'),
            doc: eb.ref('excluded.doc'),
            account_doc: eb.ref('excluded.account_doc'),
          }))
          .whereRef('batches.sequence', '<', 'excluded.sequence'),
      )
      .execute();
    const otherwise = await bringCharges(trx, charges, { ...status, batchId: status.id, postId: null });
    await sumPlanCosts(trx, [status.id]);
    return otherwise;
  });
}

/** Writes a post's charges, then the post; an older sequence adds only its charges. May be repeated, so it needs no transaction. */
export async function savePost(db: Kysely<Schema>, record: PostRecord): Promise<Charge[]> {
  const { sequence, status, remindedAt, charges } = storable(record);
  const otherwise = await bringCharges(db, charges, { ...status, postId: status.id });
  await db
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
  return otherwise;
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

/** Stores an edition unless its post has one at the target already, and answers what is stored. */
export async function savePublication(
  db: Kysely<Schema>,
  edition: Edition,
  publication: Publication,
): Promise<Publication> {
  const stored = storable(edition);
  const written = await db
    .insertInto('publications')
    .values({
      ...publication,
      post_id: stored.postId,
      account: stored.account,
      edition: JSON.stringify(stored),
    })
    .onConflict((conflict) => conflict.columns(['post_id', 'target']).doNothing())
    .returning(['target', 'url', 'at'])
    .executeTakeFirst();
  return (
    written ??
    (await db
      .selectFrom('publications')
      .select(['target', 'url', 'at'])
      .where('post_id', '=', stored.postId)
      .where('target', '=', publication.target)
      .executeTakeFirstOrThrow())
  );
}
