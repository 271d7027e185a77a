import type { Kysely } from 'kysely';
import type { PostStatus } from '../../../contract/status.js';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';
import type { PublishedPost, Records } from './records.js';

const FEED = 'feed';

type Publications = Pick<
  Records,
  'savePublication' | 'findPublishedPost' | 'listPublishedPosts' | 'listCitingTurns'
>;

export const publicationsIn = (db: Kysely<Schema>): Publications => ({
  async savePublication(edition, publication) {
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
  },

  async findPublishedPost(postId) {
    const row = await inFeed(db).where('publications.post_id', '=', postId).executeTakeFirst();
    return row ? publishedPost(row) : null;
  },

  /**
   * All that were published in the same millisecond as the last one are on the page too, so that paging on by its time
   * skips none.
   */
  async listPublishedPosts(account, { limit, before }) {
    let query = inFeed(db)
      .where('publications.account', '=', account)
      .orderBy('publications.at', 'desc')
      .fetch(limit, 'with ties');
    if (before !== undefined) query = query.where('publications.at', '<', before);
    return (await query.execute()).map(publishedPost);
  },

  listCitingTurns: (postId) =>
    db
      .selectFrom('citations')
      .select(['chat_id as chatId', 'question', 'at'])
      .where('post_id', '=', postId)
      .orderBy('at', 'desc')
      .execute(),
});

/** Publications to the feed whose post and batch are on record; one that is ahead of its record is left out until then. */
const inFeed = (db: Kysely<Schema>) =>
  db
    .selectFrom('publications')
    .innerJoin('posts', 'posts.id', 'publications.post_id')
    .innerJoin('batches', 'batches.id', 'posts.batch_id')
    .select(['publications.target', 'publications.url', 'publications.at', 'publications.edition'])
    .select(['posts.doc', 'batches.account_doc'])
    .where('publications.target', '=', FEED);

type Row = Awaited<ReturnType<ReturnType<typeof inFeed>['execute']>>[number];

function publishedPost({ edition, doc, account_doc, ...publication }: Row): PublishedPost {
  return { edition, publication, account: account_doc, status: doc, models: modelsOf(doc) };
}

/** The models that worked on a post, each once, in the order of its pipeline. */
export function modelsOf({ pipeline }: Pick<PostStatus, 'pipeline'>): string[] {
  return [...new Set(pipeline.flatMap(({ model }) => model ?? []))];
}
