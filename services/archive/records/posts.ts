import { type Kysely, type Insertable, sql } from 'kysely';
import { toNano } from '../../../contract/money/nano.js';
import type { PostState } from '../../../contract/states.js';
import type { ReviewEntry } from '../../../contract/status.js';
import { bringCharges } from '../ledger/charges.js';
import { NOW, storable } from '../database.js';
import type { Schema } from '../schema.js';
import type { Records, PostRecord } from './records.js';
import { writeRevisions } from './revisions.js';

type Posts = Pick<Records, 'savePost' | 'findPost'>;

export const postsIn = (db: Kysely<Schema>): Posts => ({
  /**
   * The charges, then the post and its revisions; an older sequence adds only its charges and the revisions that are not there.
   * May be repeated, so it needs no transaction.
   */
  async savePost(record) {
    const saved = storable(record);
    const otherwise = await bringCharges(db, saved.charges, { ...saved.status, postId: saved.status.id });
    await db
      .insertInto('posts')
      .values(postRow(saved))
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((eb) => ({
            title: eb.ref('excluded.title'),
            status: eb.ref('excluded.status'),
            gate: eb.ref('excluded.gate'),
            revision: eb.ref('excluded.revision'),
            cost: eb.ref('excluded.cost'),
            unknown: eb.ref('excluded.unknown'),
            offline: eb.ref('excluded.offline'),
            sequence: eb.ref('excluded.sequence'),
            status_since: eb
              .case()
              .when('posts.status', '=', eb.ref('excluded.status'))
              .then(eb.ref('posts.status_since'))
              .else(eb.ref('excluded.status_since'))
              .end(),
            published_at: eb.ref('excluded.published_at'),
            reminded_at: eb.ref('excluded.reminded_at'),
            changed_at: NOW,
            doc: eb.ref('excluded.doc'),
          }))
          .whereRef('posts.sequence', '<', 'excluded.sequence'),
      )
      .execute();
    await writeRevisions(db, saved);
    return otherwise;
  },

  async findPost(id) {
    const row = await db.selectFrom('posts').select('doc').where('id', '=', id).executeTakeFirst();
    return row?.doc ?? null;
  },
});

const postRow = ({ sequence, status, remindedAt }: PostRecord): Insertable<Schema['posts']> => ({
  id: status.id,
  batch_id: status.batchId,
  account: status.account,
  planner: status.planner,
  content_format: status.contentFormat,
  title: status.title,
  status: status.status,
  gate: status.gate,
  revision: status.revision,
  cost: toNano(status.costUsd),
  unknown: toNano(status.unknownUsd),
  offline: status.offline,
  sequence,
  created_at: status.createdAt,
  published_at: status.publishedAt,
  reminded_at: remindedAt ?? null,
  doc: JSON.stringify(status),
});

export const recentPostsIn = (db: Kysely<Schema>): Pick<Records, 'listRecentPosts'> => ({
  async listRecentPosts({ account, offline, since, limit }) {
    const rows = await db
      .selectFrom('posts')
      .select(['id as postId', 'batch_id as batchId', 'title', 'status'])
      .select([AT.as('at'), TOPIC.as('topic'), ANGLE.as('angle'), BODY.as('body'), REVIEW.as('review')])
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
const BODY = sql<string | null>`doc->>'body'`;
const REVIEW = sql<readonly ReviewEntry[]>`doc->'review'`;

const reasonOf = (status: PostState, review: readonly ReviewEntry[]): string | null =>
  status === 'rejected'
    ? (review.findLast(({ decision, counted }) => decision === 'reject' && counted)?.note ?? null)
    : null;
