import { sql, type Kysely } from 'kysely';
import type { PostSummary } from '../../../contract/lists.js';
import { toUsd } from '../../../contract/money/nano.js';
import type { Schema } from '../schema.js';

/** What a list shows of posts; what stands in their documents is read by the database, since a document is large. */
export const postSummaries = (db: Kysely<Schema>) =>
  db
    .selectFrom('posts')
    .crossJoinLateral(OPENED)
    .select(['id', 'account', 'planner', 'title', 'status', 'gate', 'revision', 'cost', 'offline'])
    .select(['batch_id as batchId', 'content_format as contentFormat'])
    .select(['status_since as since', 'created_at as createdAt', 'reminded_at'])
    .select([MISSES.as('misses'), HERO.as('hero'), SLOT.as('slot'), ERROR.as('error')]);

type Row = Awaited<ReturnType<ReturnType<typeof postSummaries>['execute']>>[number];

export const postSummary = ({ cost, reminded_at, ...row }: Row): PostSummary => ({
  ...row,
  costUsd: toUsd(cost),
  // A record may still carry the reminder of a gate that has been passed.
  reminded: row.status === 'awaiting_approval' && reminded_at !== null,
});

/** The document unpacked once: each mention of the column itself would unpack it again. */
const OPENED = sql<{ opened: unknown }>`(select doc #> '{}' as opened offset 0)`.as<'opened_post'>(
  'opened_post',
);
const MISSES = sql<number>`jsonb_array_length(jsonb_path_query_array(opened, '$.checks[*] ? (@.ok == false)'))`;
/** Of the newest picture that there is, also while the next one is made. */
const HERO = sql<
  string | null
>`jsonb_path_query_array(opened, '$.pipeline[*] ? (@.step == "hero_image" && @.asset != null).asset') ->> -1`;
const SLOT = sql<string | null>`opened->>'slot'`;
const ERROR = sql<string | null>`opened->'error'->>'message'`;
