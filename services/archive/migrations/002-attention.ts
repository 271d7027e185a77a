import { sql, type Kysely, type Migration } from 'kysely';

/** What needs a person is found without reading every post, and a batch tells since when it is halted. */
export const attention: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `create index posts_halted on posts (created_at desc, id desc)
    where status = 'blocked' or (status in ('published', 'publishing') and doc->'error'->>'message' is not null)`,
  `alter table batches add column status_since timestamptz not null default now()`,
  `create index batches_halted on batches (created_at desc, id) where status in ('paused', 'blocked')`,
];
