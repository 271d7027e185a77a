import { sql, type Kysely } from 'kysely';
import { storable } from '../database.js';
import type { Schema } from '../schema.js';
import { embeddingsIn, findByMeaning, type Embedding } from './find-by-meaning.js';
import { findByWords } from './find-by-words.js';
import { livePosts } from './live-posts.js';

/** A question that is to be answered from an account's published posts. */
export interface PostQuestion {
  readonly account: string;
  /** BCP 47 tag of the language that the account writes. */
  readonly language: string;
  readonly question: string;
  /** What the question means, by a model that the posts were embedded with too; null to go by words alone. */
  readonly embedding: Embedding | null;
  /** The most posts that are found. */
  readonly limit: number;
  /** Also those that hardly have to do with it, though something: to be offered where there is no answer. */
  readonly isLoose?: boolean;
}

/** A published post that has to do with a question, as it was published to `feed`. */
export interface FoundPost {
  readonly postId: string;
  readonly title: string;
  readonly body: string | null;
  readonly caption: string;
  readonly hashtags: readonly string[];
  readonly altText: string;
  readonly url: string;
  /** When it was published, ISO 8601. */
  readonly at: string;
}

/** Finds published posts by what they say. What is unpublished is found no more from that moment on. */
export interface PostSearch extends ReturnType<typeof embeddingsIn> {
  /** The best first; none where no post has to do with it. */
  find(question: PostQuestion): Promise<FoundPost[]>;
}

export const createPostSearch = (db: Kysely<Schema>): PostSearch => ({
  async find(asked) {
    const question = { ...asked, question: storable(asked.question) };
    const lists = [
      await findByWords(db, question),
      await findByMeaning(db, question.account, question.embedding, question.isLoose),
    ];
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

/** How little the first places outweigh those that follow: the value of Cormack, Clarke and Büttcher (SIGIR 2009). */
const K = 60;

/**
 * One order of several, by reciprocal rank fusion: each list gives its post at place n 1/(60 + n). What the lists measure by
 * doesn't matter, so that words and meaning need no common scale. Of two alike the one that the first list has first.
 */
export function mergeRanks(lists: readonly (readonly string[])[]): string[] {
  const scores = new Map<string, number>();
  for (const list of lists)
    for (const [place, id] of list.entries()) scores.set(id, (scores.get(id) ?? 0) + 1 / (K + place + 1));
  return [...scores].toSorted(([, one], [, other]) => other - one).map(([id]) => id);
}
