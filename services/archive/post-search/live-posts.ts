import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.js';

/** The posts of an account that are public now: `post_id`, `edition`, `url` and `at` of each. */
export const livePosts = (account: string) => sql`
  select publications.post_id, publications.edition, publications.url, publications.at
  from publications join posts on posts.id = publications.post_id
  where publications.account = ${account} and publications.target = 'feed' and publications.removed_at is null
    and posts.status <> 'unpublished'
`;

export interface LivePost {
  readonly postId: string;
  /** Its words are there, by this text search configuration. */
  readonly hasWords: boolean;
}

export async function readLivePosts(
  db: Kysely<Schema>,
  account: string,
  configuration: string,
): Promise<LivePost[]> {
  const { rows } = await sql<LivePost>`
    select live.post_id as "postId", coalesce(post_words.language = ${configuration}, false) as "hasWords"
    from (${livePosts(account)}) as live left join post_words using (post_id)
    order by live.post_id
  `.execute(db);
  return rows;
}
