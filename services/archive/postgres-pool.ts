import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { SettingError } from '../../contract/errors.js';
import { ArchiveAway, PARSERS } from './database.js';

const CONNECT_TIMEOUT_MS = 10_000;

/** The PostgreSQL of `DATABASE_URL` can't be reached, lets us not in, or went away in the midst. The message carries no password. */
export class ArchiveUnreachable extends ArchiveAway {
  override name = 'ArchiveUnreachable' as const;
  constructor(place: string, cause: unknown) {
    super(`archive ${place} can't be reached: ${reasonOf(cause)}; start PostgreSQL or mend DATABASE_URL`, {
      cause,
    });
  }
}

/**
 * A pool of connections to PostgreSQL. Nothing is connected before the first query.
 *
 * @throws SettingError when the address is not one. Later each connect and query may throw ArchiveUnreachable.
 */
export function postgresPool(databaseUrl: string): PostgresPool {
  const place = placeOf(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: { getTypeParser },
  });
  // A server that goes away breaks idle connections too. The pool replaces them; without a listener Node would exit.
  pool.on('error', () => {});
  const unreachable = (error: unknown): never => {
    throw isConnectionError(error) ? new ArchiveUnreachable(place, error) : error;
  };
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw new ArchiveUnreachable(place, error);
      });
      // One that breaks while it is ours, between two queries, tells only its own listeners. The next query fails.
      client.on('error', ignore);
      const query = (text: string, parameters: readonly unknown[]): Promise<unknown> =>
        client.query(text, [...parameters]).catch(unreachable);
      const release = (): void => {
        client.off('error', ignore);
        client.release();
      };
      return { query: query as PostgresPoolClient['query'], release };
    },
    end: () => pool.end(),
  };
}

const ignore = (): void => {};

/** Classes 08 (connection exception) and 57P (the server shuts down or is not up yet) of PostgreSQL's error codes. */
const GONE = /^(?:08|57P)/;

function isConnectionError(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return GONE.test(error.code ?? '');
  const { code, message } = error as NodeJS.ErrnoException;
  return /^E[A-Z]+$/.test(code ?? '') || /connection/i.test(message);
}

const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: unknown) =>
  format === 'binary'
    ? pg.types.getTypeParser(oid, 'binary')
    : (PARSERS[oid] ?? pg.types.getTypeParser(oid, 'text'));

function placeOf(databaseUrl: string): string {
  const allowed = 'an address like postgres://user@host:5432/database';
  if (!URL.canParse(databaseUrl)) throw new SettingError('DATABASE_URL', '…', allowed);
  const { protocol, username, host, pathname } = new URL(databaseUrl);
  if (!/^postgres(ql)?:$/.test(protocol)) throw new SettingError('DATABASE_URL', `${protocol}…`, allowed);
  return `${protocol}//${username ? `${username}@` : ''}${host}${pathname}`;
}

/** `localhost` is tried as IPv6 and IPv4, and the error for both has an empty message of its own. */
function reasonOf(error: unknown): string {
  const last = error instanceof AggregateError ? (error.errors.at(-1) as unknown) : error;
  return String(last instanceof Error ? last.message : last).split('\n', 1)[0] ?? '';
}
