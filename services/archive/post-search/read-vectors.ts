import { sql, type Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import { livePosts } from './live-posts.js';
import type { PostVector } from './rank-by-meaning.js';

/** Posts whose vectors are in memory at once: one of 1,536 numbers takes 6 KB, and 16 on the way. */
const AT_ONCE = 500;

/** The vectors of the account's public posts by this model, some at a time. */
export async function* readVectors(
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
export function vectorOf(sent: Buffer): Float32Array {
  const vector = new Float32Array((sent.length - HEADER_BYTES) / NUMBER_BYTES);
  for (let at = 0; at < vector.length; at += 1)
    vector[at] = sent.readFloatBE(HEADER_BYTES + at * NUMBER_BYTES + 4);
  return vector;
}
