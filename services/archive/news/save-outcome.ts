import type { Transaction } from 'kysely';
import type { NewsOutcome } from '../../../contract/news.js';
import type { Schema } from '../schema.js';

/** Notes what came of the news that a batch was offered. Nothing of it is ever taken back, so an older outcome changes nothing. */
export async function saveOutcome(
  trx: Transaction<Schema>,
  batchId: string,
  { used, over }: NewsOutcome,
): Promise<void> {
  for (const { url, postId } of used) {
    await trx
      .updateTable('news_offers')
      .set({ post_id: postId })
      .where('batch_id', '=', batchId)
      .where('url', '=', url)
      .where('post_id', 'is', null)
      .execute();
  }
  if (!over) return;
  await trx
    .updateTable('news_offers')
    .set({ over: true })
    .where('batch_id', '=', batchId)
    .where('over', '=', false)
    .execute();
}
