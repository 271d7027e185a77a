import { sql, type Kysely } from 'kysely';
import type { PostState } from '../../../contract/states.js';
import type { ReviewEntry } from '../../../contract/status.js';
import type { Schema } from '../schema.js';
import type { Records } from './records.js';

export const recentPostsIn = (db: Kysely<Schema>): Pick<Records, 'listRecentPosts'> => ({
  async listRecentPosts({ account, offline, since, limit }) {
    const rows = await db
      .selectFrom('posts')
      .select(['id as postId', 'batch_id as batchId', 'title', 'status'])
      .select([AT.as('at'), TOPIC.as('topic'), ANGLE.as('angle'), REVIEW.as('review')])
      .where('account', '=', account)
      .where('offline', '=', offline)
      .where('status', 'not in', OF_NO_USE)
      .where('title', '<>', '')
      .where(AT, '>=', since)
      .orderBy('at', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ review, ...post }) => ({ ...post, reason: reasonOf(post.status, review) }));
  },
});

/** Nobody read these, and nobody said no to them. */
const OF_NO_USE: readonly PostState[] = ['cancelled', 'failed', 'expired'];

/** When it came out; of one that is not out, when it got where it is. */
const AT = sql<string>`coalesce(published_at, status_since)`;
const TOPIC = sql<string>`doc->'plan'->>'topic'`;
const ANGLE = sql<string>`doc->'plan'->>'angle'`;
const REVIEW = sql<readonly ReviewEntry[]>`doc->'review'`;

const reasonOf = (status: PostState, review: readonly ReviewEntry[]): string | null =>
  status === 'rejected'
    ? (review.findLast(({ decision, counted }) => decision === 'reject' && counted)?.note ?? null)
    : null;
