import type { Kysely } from 'kysely';
import type { PostStatus } from '../../../contract/status.js';
import type { PublishedPost } from '../archive.js';
import type { Schema } from '../schema.js';

const FEED = 'feed';

/** Publications to the feed whose post and batch are on record; one that is ahead of its record is left out until then. */
const publications = (db: Kysely<Schema>) =>
  db
    .selectFrom('publications')
    .innerJoin('posts', 'posts.id', 'publications.post_id')
    .innerJoin('batches', 'batches.id', 'posts.batch_id')
    .select(['publications.target', 'publications.url', 'publications.at', 'publications.edition'])
    .select(['posts.doc', 'batches.account_doc'])
    .where('publications.target', '=', FEED);

type Row = Awaited<ReturnType<ReturnType<typeof publications>['execute']>>[number];

/**
 * A page of an account's published posts, newest first. All that were published in the same millisecond as the last one
 * are on the page too, so that paging on by its time skips none.
 */
export async function readPublished(
  db: Kysely<Schema>,
  account: string,
  { limit, before }: { limit: number; before?: string },
): Promise<PublishedPost[]> {
  let query = publications(db)
    .where('publications.account', '=', account)
    .orderBy('publications.at', 'desc')
    .fetch(limit, 'with ties');
  if (before !== undefined) query = query.where('publications.at', '<', before);
  return (await query.execute()).map(publishedPost);
}

export async function readPublishedPost(db: Kysely<Schema>, postId: string): Promise<PublishedPost | null> {
  const row = await publications(db).where('publications.post_id', '=', postId).executeTakeFirst();
  return row ? publishedPost(row) : null;
}

function publishedPost({ edition, doc, account_doc, ...publication }: Row): PublishedPost {
  return { edition, publication, account: account_doc, status: doc, models: modelsOf(doc) };
}

/** The models that worked on a post, each once, in the order of its pipeline. */
export function modelsOf({ pipeline }: Pick<PostStatus, 'pipeline'>): string[] {
  return [...new Set(pipeline.flatMap(({ model }) => model ?? []))];
}
