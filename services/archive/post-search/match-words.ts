import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import { ASKING_WORDS } from './asking-words.js';
import { livePosts } from './live-posts.js';
import type { Candidate } from './rank-by-words.js';
import { spaced } from './searched-text.js';
import type { Posting } from './weigh-words.js';

/** The words of a question as the configuration reads them, without those by which one only asks. */
export async function readWords(
  db: Kysely<Schema>,
  configuration: string,
  question: string,
): Promise<string[]> {
  const asking = ASKING_WORDS[configuration] ?? '';
  const { rows } = await sql<{ word: string }>`
    select lexeme as word
    from unnest(to_tsvector(${configuration}::regconfig, ${spaced(question)}))
    where lexeme <> all ((select tsvector_to_array(to_tsvector(${configuration}::regconfig, ${asking})))::text[])
    order by lexeme
  `.execute(db);
  return rows.map(({ word }) => word);
}

/** Which public posts of an account have each of the words. Each word is looked up in the index. */
export async function readPostings(
  db: Kysely<Schema>,
  account: string,
  words: readonly string[],
): Promise<Posting[]> {
  const { rows } = await sql<Posting>`
    with asked as materialized (select word, ${AS_QUERY} as query from unnest(${words}::text[]) as word)
    select word, jsonb_agg(post_id) as "postIds"
    from asked join post_words on words @@ query join (${livePosts(account)}) as live using (post_id)
    where post_words.account = ${account}
    group by word
  `.execute(db);
  return rows;
}

/** How often, and where, these posts have the words. */
export async function readCandidates(
  db: Kysely<Schema>,
  postIds: readonly string[],
  words: readonly string[],
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select
      post_id as "postId", length(words) as length,
      (
        select jsonb_agg(jsonb_build_object(
          'word', lexeme,
          'inTitle', cardinality(array_positions(weights, 'A')),
          'inRest', cardinality(weights) - cardinality(array_positions(weights, 'A'))
        ))
        from unnest(words)
        where lexeme = any (${words}::text[])
      ) as hits
    from post_words
    where post_id = any (${postIds}::text[])
  `.execute(db);
  return rows.filter(({ hits }) => hits !== null);
}

/** One word as the query for it, whatever signs it has. */
const AS_QUERY = sql`('''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || '''')::tsquery`;
