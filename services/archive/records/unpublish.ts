import type { Kysely } from 'kysely';
import type { PostStatus, PipelineRow } from '../../../contract/status.js';
import type { Removal, Unpublication } from '../../../contract/unpublish.js';
import { storable } from '../database.js';
import type { Schema } from '../schema.js';
import { changePost, changeTargetRow } from './change-post.js';
import type { Records } from './records.js';

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

/** A published post's record once it is taken back: its state, and who took it back. Any other post stays as it is. */
function unpublishedStatus(status: PostStatus, { by, reason, at }: Unpublication): PostStatus {
  if (status.status !== 'published') return status;
  const { revision } = status;
  const entry = { decision: 'unpublish', by, revision, gate: null, note: reason, at, counted: true } as const;
  return { ...status, status: 'unpublished', gate: null, review: [...status.review, entry] };
}

/** The record with what a target made of being asked to delete. Told twice, it says so once. */
const withRemoval = (status: PostStatus, removal: Removal): PostStatus => ({
  ...status,
  publications: status.publications.map((publication) =>
    publication.target === removal.target && !publication.removedAt
      ? { ...publication, removedAt: removal.removedAt }
      : publication,
  ),
  pipeline: removal.removedAt === null ? noted(status.pipeline, removal) : status.pipeline,
});

/** A target that keeps a post says why on the row of its publication. */
const noted = (pipeline: readonly PipelineRow[], { target, reason }: Removal): readonly PipelineRow[] =>
  changeTargetRow(pipeline, target, (row) => {
    const words = `${target} keeps it: ${reason ?? 'it did not say why'}`;
    return row.note?.includes(words) ? row : { ...row, note: [row.note, words].filter(Boolean).join('; ') };
  });
