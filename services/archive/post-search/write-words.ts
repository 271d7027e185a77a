import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import { searchedText, type SearchedEdition } from './searched-text.js';

/** Posts that are read and written in one go. */
const AT_ONCE = 200;

/** Writes the words of published posts by a text search configuration, once each, whoever else writes them. */
export async function writeWords(
  db: Kysely<Schema>,
  configuration: string,
  postIds: readonly string[],
): Promise<void> {
  for (let start = 0; start < postIds.length; start += AT_ONCE)
    await writeSome(db, configuration, postIds.slice(start, start + AT_ONCE));
}

async function writeSome(
  db: Kysely<Schema>,
  configuration: string,
  postIds: readonly string[],
): Promise<void> {
  const posts = await readEditions(db, postIds);
  const rows = posts.map(({ post_id, account, edition }) => ({ post_id, account, ...searchedText(edition) }));
  await sql`
    insert into post_words (post_id, account, language, words)
    select
      post_id, account, ${configuration},
      setweight(to_tsvector(${configuration}::regconfig, title), 'A') || to_tsvector(${configuration}::regconfig, rest)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as post (post_id text, account text, title text, rest text)
    order by post_id
    on conflict (post_id) do update set language = excluded.language, words = excluded.words
  `.execute(db);
}

interface PublishedEdition {
  readonly post_id: string;
  readonly account: string;
  readonly edition: SearchedEdition;
}

async function readEditions(db: Kysely<Schema>, postIds: readonly string[]): Promise<PublishedEdition[]> {
  return db
    .selectFrom('publications')
    .select(['post_id', 'account', 'edition'])
    .where('target', '=', 'feed')
    .where('post_id', 'in', postIds)
    .execute();
}
