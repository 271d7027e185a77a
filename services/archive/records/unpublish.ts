import type { Kysely, Transaction } from 'kysely';
import type { PostStatus } from '../../../contract/status.js';
import { NOW } from '../now.js';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';
import type { Records } from './records.js';
import { unpublishedStatus, withRemoval } from './unpublished.js';

type Unpublish = Pick<Records, 'unpublishPost' | 'saveRemoval' | 'isUnpublished'>;

export const unpublishIn = (db: Kysely<Schema>): Unpublish => ({
  unpublishPost: (unpublication) =>
    db
      .transaction()
      .execute((trx) =>
        changePost(trx, unpublication.postId, (status) => unpublishedStatus(status, storable(unpublication))),
      ),

  saveRemoval: (postId, removal) =>
    db.transaction().execute(async (trx) => {
      const { target, removedAt } = removal;
      if (removedAt !== null) {
        await trx
          .updateTable('publications')
          .set({ removed_at: removedAt })
          .where('post_id', '=', postId)
          .where('target', '=', target)
          .where('removed_at', 'is', null)
          .execute();
      }
      return changePost(trx, postId, (status) => withRemoval(status, storable(removal)));
    }),

  async isUnpublished(postId) {
    const row = await db.selectFrom('posts').select('status').where('id', '=', postId).executeTakeFirst();
    return row?.status === 'unpublished';
  },
});

/**
 * Changes the record of a post whose workflow has written its last one: the next sequence, so that none of before comes back.
 * A change that changes nothing leaves it as it is.
 */
async function changePost(
  trx: Transaction<Schema>,
  id: string,
  change: (status: PostStatus) => PostStatus,
): Promise<PostStatus | null> {
  const row = await trx
    .selectFrom('posts')
    .select(['doc', 'sequence', 'status'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const before = row.doc;
  const after = change(before);
  const doc = JSON.stringify(after);
  if (doc === JSON.stringify(before)) return after;
  await trx
    .updateTable('posts')
    .set({ doc, status: after.status, gate: after.gate, sequence: row.sequence + 1, changed_at: NOW })
    .$if(after.status !== row.status, (query) => query.set({ status_since: NOW }))
    .where('id', '=', id)
    .execute();
  return after;
}
