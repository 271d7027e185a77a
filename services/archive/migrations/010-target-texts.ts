import type { Kysely, Migration } from 'kysely';

/** What targets with a text of their own got at a revision; null of before, and where there is none. */
export const targetTexts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('revisions').addColumn('texts', 'jsonb').execute();
  },
};
