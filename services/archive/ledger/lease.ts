import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/** The database's clock, so that all processes agree, and at the statement's start: a transaction may have waited long. */
export const now = sql<string>`statement_timestamp()`;

export const fromNow = (leaseMs: number): RawBuilder<string> =>
  sql`${now} + ${leaseMs}::float8 * interval '1 millisecond'`;

/** A reservation can outlive its charge by a race of two attempts at one call; it counts no more. */
export const unsettled = sql<boolean>`not exists (select from charges where charges.key = reservations.key)`;
