import type { Kysely } from 'kysely';
import { NOW } from '../database.js';
import type { Schema } from '../schema.js';
import { batchSummaries, readSummary } from './batches.js';
import { postSummaries, postSummary } from './post-list.js';
import type { Records } from './records.js';

export const changesIn = (db: Kysely<Schema>): Pick<Records, 'listChanges'> => ({
  async listChanges(since, limit) {
    // Before anything is read: what is saved meanwhile is for the next answer.
    const { now } = await db.selectNoFrom(NOW.as('now')).executeTakeFirstOrThrow();
    const posts = await postSummaries(db)
      .select('changed_at')
      .where('changed_at', '>', since)
      .orderBy('changed_at')
      .fetch(limit, 'with ties')
      .execute();
    const ids = await db
      .selectFrom('batches')
      .select(['id', 'changed_at'])
      .where('changed_at', '>', since)
      .orderBy('changed_at')
      .fetch(limit, 'with ties')
      .execute();
    const changed = [...new Set([...ids.map(({ id }) => id), ...posts.map(({ batchId }) => batchId)])];
    const batches =
      changed.length === 0
        ? []
        : await batchSummaries(db)
            .select('changed_at')
            .where('id', 'in', changed)
            .orderBy('created_at')
            .execute();
    const ends = [posts, ids].flatMap((rows) => (rows.length < limit ? [] : (rows.at(-1)?.changed_at ?? [])));
    return {
      posts: posts.map(({ changed_at: savedAt, ...row }) => ({ row: postSummary(row), savedAt })),
      batches: batches.map(({ changed_at: savedAt, ...row }) => ({ row: readSummary(row), savedAt })),
      at: [now, ...ends].toSorted()[0] ?? now,
    };
  },
});
