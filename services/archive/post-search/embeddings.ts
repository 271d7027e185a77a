import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import { livePosts } from './live-posts.js';
import type { PostSearch } from './post-search.js';
import { unitVector } from './rank-by-meaning.js';
import { embeddedText, type SearchedEdition } from './searched-text.js';

export const embeddingsIn = (db: Kysely<Schema>): Pick<PostSearch, 'listUnembedded' | 'saveEmbeddings'> => ({
  async listUnembedded(account, model, limit) {
    const { rows } = await sql<{ postId: string; edition: SearchedEdition }>`
      select live.post_id as "postId", live.edition
      from (${livePosts(account)}) as live
      where not exists (
        select from post_embeddings where post_embeddings.post_id = live.post_id and model = ${model}
      )
      order by live.at desc, live.post_id
      limit ${limit}
    `.execute(db);
    return rows.map(({ postId, edition }) => ({ postId, text: embeddedText(edition) }));
  },

  /** A post has one vector; that of another model makes way for it. */
  async saveEmbeddings(model, embeddings) {
    const rows = new Map(
      embeddings.flatMap(({ postId, vector }) => {
        const unit = unitVector(vector);
        return unit ? [[postId, { post_id: postId, model, vector: unit }]] : [];
      }),
    );
    if (rows.size === 0) return;
    await db
      .insertInto('post_embeddings')
      .values([...rows.values()].toSorted((one, other) => (one.post_id < other.post_id ? -1 : 1)))
      .onConflict((conflict) =>
        conflict
          .column('post_id')
          .doUpdateSet({ model: sql.ref('excluded.model'), vector: sql.ref('excluded.vector') }),
      )
      .execute();
  },
});
