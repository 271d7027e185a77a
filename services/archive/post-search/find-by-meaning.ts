import { type Kysely, sql } from 'kysely';
import type { Schema } from '../schema.js';
import { livePosts } from './live-posts.js';
import { embeddedText, type SearchedEdition } from './searched-text.js';

/** What a text means, by a model. */
export interface Embedding {
  readonly model: string;
  readonly vector: readonly number[];
}

/** A published post whose meaning is not known yet. */
export interface UnembeddedPost {
  readonly postId: string;
  /** What of it is embedded. */
  readonly text: string;
}

/** The ids of the posts that mean something like the question, the nearest first. */
export async function findByMeaning(
  db: Kysely<Schema>,
  account: string,
  embedding: Embedding | null,
  isLoose = false,
): Promise<string[]> {
  const asked = embedding && unitVector(embedding.vector);
  if (!asked) return [];
  const near: Nearness[] = [];
  for await (const posts of readVectors(db, account, embedding.model))
    near.push(...measureMeaning(asked, posts));
  return nearestPosts(near, isLoose ? ABOVE_ZERO : LEAST_SIMILARITY);
}

/** A vector of length 1. */
interface PostVector {
  readonly postId: string;
  readonly vector: Readonly<ArrayLike<number>>;
}

interface Nearness {
  readonly postId: string;
  /** The cosine. */
  readonly similarity: number;
}

/**
 * Below this, texts have nothing to do with each other. Of OpenAI's models unrelated texts lie near 0.1, related ones from 0.3
 * on; of a model that holds everything alike none is left out, and the answer's own model has to tell.
 */
const LEAST_SIMILARITY = 0.25;
/** The least that a post has to be like a question to be offered in place of an answer. */
export const ABOVE_ZERO = Number.MIN_VALUE;

/** How near each post is to the question, both at length 1. Vectors of another length are left out. */
export const measureMeaning = (question: readonly number[], posts: readonly PostVector[]): Nearness[] =>
  posts
    .filter(({ vector }) => vector.length === question.length)
    .map(({ postId, vector }) => ({ postId, similarity: dot(question, vector) }));

/** The ids of the posts that are near enough, the nearest first. */
export const nearestPosts = (posts: readonly Nearness[], least = LEAST_SIMILARITY): string[] =>
  posts
    .filter(({ similarity }) => similarity >= least)
    .toSorted((one, other) => other.similarity - one.similarity || (one.postId < other.postId ? -1 : 1))
    .map(({ postId }) => postId);

/** The vector at length 1; null where it has no direction. */
export function unitVector(vector: readonly number[]): number[] | null {
  const length = Math.hypot(...vector);
  return Number.isFinite(length) && length > 0 ? vector.map((value) => value / length) : null;
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += one[at]! * other[at]!;
  return sum;
}

export const embeddingsIn = (db: Kysely<Schema>) => ({
  /** The newest first. */
  async listUnembedded(account: string, model: string, limit: number): Promise<UnembeddedPost[]> {
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
  async saveEmbeddings(
    model: string,
    embeddings: readonly { readonly postId: string; readonly vector: readonly number[] }[],
  ): Promise<void> {
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

/** Posts whose vectors are in memory at once: one of 1,536 numbers takes 6 KB, and 16 on the way. */
const AT_ONCE = 500;

/** The vectors of the account's public posts by this model, some at a time. */
async function* readVectors(
  db: Kysely<Schema>,
  account: string,
  model: string,
): AsyncGenerator<PostVector[]> {
  for (let after = ''; ;) {
    const { rows } = await sql<{ postId: string; sent: string }>`
      select live.post_id as "postId", encode(array_send(vector), 'base64') as sent
      from (${livePosts(account)}) as live join post_embeddings using (post_id)
      where model = ${model} and live.post_id > ${after}
      order by live.post_id
      limit ${AT_ONCE}
    `.execute(db);
    yield rows.map(({ postId, sent }) => ({ postId, vector: vectorOf(Buffer.from(sent, 'base64')) }));
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)!.postId;
  }
}

/** Before the numbers: how many dimensions, a flag, the type, then the length and the first index. */
const HEADER_BYTES = 20;
/** Of a number: its length, then itself. */
const NUMBER_BYTES = 8;

/**
 * PostgreSQL's binary form of `real[]`, big-endian: reading a page of such arrays as text, number for number, takes ten times
 * as long.
 */
function vectorOf(sent: Buffer): Float32Array {
  const vector = new Float32Array((sent.length - HEADER_BYTES) / NUMBER_BYTES);
  for (let at = 0; at < vector.length; at += 1)
    vector[at] = sent.readFloatBE(HEADER_BYTES + at * NUMBER_BYTES + 4);
  return vector;
}
