import type { Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import type { PostQuestion } from './post-search.js';
import { measureMeaning, nearestPosts, unitVector, type Nearness } from './rank-by-meaning.js';
import { readVectors } from './read-vectors.js';

/** The ids of the posts that mean something like the question, the nearest first. */
export async function findByMeaning(
  db: Kysely<Schema>,
  { account, embedding }: Pick<PostQuestion, 'account' | 'embedding'>,
): Promise<string[]> {
  const asked = embedding && unitVector(embedding.vector);
  if (!asked) return [];
  const near: Nearness[] = [];
  for await (const posts of readVectors(db, account, embedding.model))
    near.push(...measureMeaning(asked, posts));
  return nearestPosts(near);
}
