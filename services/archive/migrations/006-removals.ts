import type { Kysely, Migration } from 'kysely';

/** When a target was rid of a publication that was taken back. */
export const removals: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('publications').addColumn('removed_at', 'timestamptz').execute();
  },
};
