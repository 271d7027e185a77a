import { type Kysely, type Migration, Migrator } from 'kysely';
import type { Schema } from './schema.js';
import { initial } from './migrations/001-initial.js';
import { attention } from './migrations/002-attention.js';
import { chatOffers } from './migrations/003-chat-offers.js';

/** Every migration in the order of its name. A released one is never changed; the next number is added. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001_initial': initial,
  '002_attention': attention,
  '003_chat_offers': chatOffers,
};

/** The name of the newest schema. */
export const LATEST_MIGRATION: string = Object.keys(MIGRATIONS).sort().at(-1)!;

/**
 * Brings the schema up to date, under a lock of the database: two workers that start at once don't get in each other's
 * way.
 *
 * @throws Error with one line that names the migration that failed.
 */
export async function migrateToLatest(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error');
  const reason = error instanceof Error ? error.message : String(error);
  // Without a failed migration it is the database that could not be reached, which says so itself.
  if (!failed) throw error instanceof Error ? error : new Error(reason);
  throw new Error(`archive migration ${failed.migrationName} failed: ${reason}`, { cause: error });
}
