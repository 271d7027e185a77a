import type { Transaction } from 'kysely';
import type { PipelineRow, PostStatus } from '../../../contract/status.js';
import { NOW } from '../database.js';
import type { Schema } from '../schema.js';

/**
 * Changes the record of a post whose workflow has written its last one: the next sequence, so that none of before comes back.
 * A change that changes nothing leaves it as it is.
 */
export async function changePost(
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
    .set({ doc, status: after.status, gate: after.gate, title: after.title, revision: after.revision })
    .set({ sequence: row.sequence + 1, changed_at: NOW })
    .$if(after.status !== row.status, (query) => query.set({ status_since: NOW }))
    .where('id', '=', id)
    .execute();
  return after;
}

/** Changes the newest publish row of a target, where there is one. */
export function changeTargetRow(
  pipeline: readonly PipelineRow[],
  target: string,
  change: (row: PipelineRow) => PipelineRow,
): readonly PipelineRow[] {
  const index = pipeline.findLastIndex((row) => row.step === 'publish' && row.target === target);
  const row = pipeline[index];
  return row ? pipeline.with(index, change(row)) : pipeline;
}
