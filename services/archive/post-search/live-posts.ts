import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.js';

/** The posts of an account that are public now: `post_id`, `edition`, `url` and `at` of each. */
export const livePosts = (account: string) => sql`
  select publications.post_id, publications.edition, publications.url, publications.at
  from publications join posts on posts.id = publications.post_id
  where publications.account = ${account} and publications.target = 'feed' and publications.removed_at is null
    and posts.status <> 'unpublished'
`;

export interface LivePosts {
  readonly count: number;
  /** The ids of those without words by this text search configuration. */
  readonly wordless: readonly string[];
}

/** What there is to search: counted by the database, since an account has thousands of posts and few of them are new. */
export async function readLivePosts(
  db: Kysely<Schema>,
  account: string,
  configuration: string,
): Promise<LivePosts> {
  const { rows } = await sql<LivePosts>`
    select
      count(*)::int as count,
      coalesce(
        jsonb_agg(live.post_id order by live.post_id) filter (where post_words.language is distinct from ${configuration}),
        '[]'
      ) as wordless
    from (${livePosts(account)}) as live left join post_words using (post_id)
  `.execute(db);
  return rows[0]!;
}
