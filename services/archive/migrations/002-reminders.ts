import type { Kysely, Migration } from 'kysely';

/** When a person was last reminded of a post that waits. */
export const reminders: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('posts').addColumn('reminded_at', 'timestamptz').execute();
  },
};
