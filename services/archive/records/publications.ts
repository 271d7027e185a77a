import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.js';
import { storable } from '../database.js';
import type { Neighbour, PublishedPost, Records } from './records.js';

const FEED = 'feed';

type Publications = Pick<
  Records,
  'savePublication' | 'findPublishedPost' | 'listPublishedPosts' | 'findNeighbours' | 'listCitingTurns'
>;

export const publicationsIn = (db: Kysely<Schema>): Publications => ({
  async savePublication(edition, publication) {
    const stored = storable(edition);
    const written = await db
      .insertInto('publications')
      .values({
        target: publication.target,
        url: publication.url,
        at: publication.at,
        removed_at: null,
        post_id: stored.postId,
        account: stored.account,
        edition: JSON.stringify(stored),
      })
      .onConflict((conflict) => conflict.columns(['post_id', 'target']).doNothing())
      .returning(['target', 'url', 'at', 'removed_at as removedAt'])
      .executeTakeFirst();
    return (
      written ??
      (await db
        .selectFrom('publications')
        .select(['target', 'url', 'at', 'removed_at as removedAt'])
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

  async findNeighbours(account, postId) {
    const place = sql`(select at, post_id from publications where post_id = ${postId} and target = ${FEED})`;
    const beside = async (side: 'older' | 'newer'): Promise<Neighbour | null> => {
      const direction = side === 'older' ? 'desc' : 'asc';
      const row = await feedRows(db)
        .select('publications.post_id as postId')
        .select(sql<string>`publications.edition->>'title'`.as('title'))
        .where('publications.account', '=', account)
        .where(sql<boolean>`(publications.at, publications.post_id) ${BESIDE[side]} ${place}`)
        .orderBy('publications.at', direction)
        .orderBy('publications.post_id', direction)
        .limit(1)
        .executeTakeFirst();
      return row ?? null;
    };
    const [older, newer] = await Promise.all([beside('older'), beside('newer')]);
    return { older, newer };
  },

  listCitingTurns: (postId) =>
    db
      .selectFrom('citations')
      .select(['chat_id as chatId', 'turn', 'question', 'at'])
      .where('post_id', '=', postId)
      .orderBy('at', 'desc')
      .orderBy('chat_id')
      .orderBy('turn', 'desc')
      .execute(),
});

const BESIDE = { older: sql`<`, newer: sql`>` } as const;

/**
 * Publications to the feed whose post and batch are on record; one that is ahead of its record is left out until then, and
 * one that was taken back for good.
 */
const feedRows = (db: Kysely<Schema>) =>
  db
    .selectFrom('publications')
    .innerJoin('posts', 'posts.id', 'publications.post_id')
    .innerJoin('batches', 'batches.id', 'posts.batch_id')
    .where('publications.target', '=', FEED)
    .where('publications.removed_at', 'is', null)
    .where('posts.status', '<>', 'unpublished');

const inFeed = (db: Kysely<Schema>) =>
  feedRows(db)
    .select(['publications.target', 'publications.url', 'publications.at', 'publications.edition'])
    .select(['publications.removed_at as removedAt', 'posts.doc', 'batches.account_doc']);

type Row = Awaited<ReturnType<ReturnType<typeof inFeed>['execute']>>[number];

function publishedPost({ edition, doc, account_doc, ...publication }: Row): PublishedPost {
  return { edition, publication, account: account_doc, status: doc };
}
