import { sql, type Migration } from 'kysely';

/** The posts that a turn offers instead of an answer, as ids in order. */
export const chatOffers: Migration = {
  up: async (db) => {
    await sql`alter table chat_turns add column offered jsonb not null default '[]'`.execute(db);
  },
};
