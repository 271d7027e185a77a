import { sql } from 'kysely';

/** The database's clock, in milliseconds as times leave the archive. Unlike `now()` it moves on within a transaction. */
export const NOW = sql<string>`date_trunc('milliseconds', clock_timestamp())`;
