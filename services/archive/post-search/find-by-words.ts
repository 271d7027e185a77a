import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.js';
import { readLivePosts, livePosts } from './live-posts.js';
import { isAbout, rankByWords, heaviest, weighWords, type Candidate, type Posting } from './rank-by-words.js';
import {
  searchConfiguration,
  ASKING_WORDS,
  spaced,
  searchedText,
  type SearchedEdition,
} from './searched-text.js';

/** How many posts are ranked with care, of those that have the most of the question's weight. */
const MOST_CANDIDATES = 50;

/**
 * The ids of the posts that have the question's words, the best first. Posts that nobody has asked about yet get their words
 * first: new ones, those of an archive that was imported, and all where the account changes its language.
 */
export async function findByWords(
  db: Kysely<Schema>,
  {
    account,
    language,
    question,
    isLoose = false,
  }: {
    readonly account: string;
    readonly language: string;
    readonly question: string;
    readonly isLoose?: boolean;
  },
): Promise<string[]> {
  const configuration = searchConfiguration(language);
  const words = await readWords(db, configuration, question);
  if (words.length === 0) return [];
  const live = await readLivePosts(db, account, configuration);
  await writeWords(db, configuration, live.wordless);
  const postings = await readPostings(db, account, words);
  const asked = weighWords(words, postings, live.count);
  const candidates = await readCandidates(db, heaviest(postings, asked, MOST_CANDIDATES), words);
  return rankByWords(asked, candidates)
    .filter((post) => isLoose || isAbout(post))
    .map(({ postId }) => postId);
}

/** The words of a question as the configuration reads them, without those by which one only asks. */
async function readWords(db: Kysely<Schema>, configuration: string, question: string): Promise<string[]> {
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
async function readPostings(
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
async function readCandidates(
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

/** Posts that are read and written in one go. */
const AT_ONCE = 200;

/** Writes the words of published posts by a text search configuration, once each, whoever else writes them. */
async function writeWords(
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
