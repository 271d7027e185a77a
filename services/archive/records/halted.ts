import { sql, type Kysely } from 'kysely';
import type { PipelineRow, StatusError } from '../../../contract/status.js';
import type { Schema } from '../schema.js';
import type { Records } from './records.js';

export const haltedIn = (db: Kysely<Schema>): Pick<Records, 'listHalted'> => ({
  async listHalted(limit) {
    const posts = await db
      .selectFrom('posts')
      .select(['id', 'account', 'batch_id as batchId', 'title', 'status', 'status_since as since'])
      .select([ERROR, FAILED_ROWS.as('failed')])
      .where(
        sql<boolean>`(status = 'blocked' or (status in ('published', 'publishing') and doc->'error'->>'message' is not null))`,
      )
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
    const batches = await db
      .selectFrom('batches')
      .select(['id', 'account', 'planner', 'status', 'status_since as since', ERROR])
      .where(sql<boolean>`status in ('paused', 'blocked')`)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
    return { posts, batches };
  },
});

const ERROR = sql<StatusError | null>`nullif(doc->'error', 'null')`.as('error');
const FAILED_ROWS = sql<
  readonly PipelineRow[]
>`jsonb_path_query_array(doc, '$.pipeline[*] ? (@.state == "failed")')`;
