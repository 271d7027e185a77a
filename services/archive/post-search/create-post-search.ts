import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';
import { embeddingsIn } from './embeddings.js';
import { findByMeaning } from './find-by-meaning.js';
import { findByWords } from './find-by-words.js';
import { livePosts } from './live-posts.js';
import { mergeRanks } from './merge-ranks.js';
import type { FoundPost, PostSearch } from './post-search.js';

export const createPostSearch = (db: Kysely<Schema>): PostSearch => ({
  async find(asked) {
    const question = { ...asked, question: storable(asked.question) };
    const lists = [await findByWords(db, question), await findByMeaning(db, question)];
    return readPosts(db, question.account, mergeRanks(lists).slice(0, question.limit));
  },
  ...embeddingsIn(db),
});

/** In the order given; one that was taken back meanwhile is left out. */
async function readPosts(db: Kysely<Schema>, account: string, ids: readonly string[]): Promise<FoundPost[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<FoundPost>`
    select
      live.post_id as "postId", edition->>'title' as title, edition->>'body' as body, edition->>'caption' as caption,
      edition->'hashtags' as hashtags, edition->>'altText' as "altText", url, at
    from (${livePosts(account)}) as live
    join unnest(${ids}::text[]) with ordinality as found (post_id, place) on found.post_id = live.post_id
    order by place
  `.execute(db);
  return rows;
}
