import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { SettingError } from '../../contract/errors.js';
import { ArchiveAway, ArchiveFull, ArchiveHeld, PARSERS } from './database.js';

/** How long a connection is waited for at most, be it made or be one given back, in ms. */
const CONNECT_TIMEOUT_MS = 10_000;
/** How long a statement waits for a lock, in ms: those that hold one are done in milliseconds, but for a machine that is lost. */
const LOCK_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_AFTER_MS = 30_000;
/** How much longer than the server's own limit an answer is waited for: a server that is gone tells nobody, in ms. */
const ANSWER_MS = 5_000;

/** The PostgreSQL of `DATABASE_URL` can't be reached, lets us not in, or went away in the midst. The message carries no password. */
export class ArchiveUnreachable extends ArchiveAway {
  override name = 'ArchiveUnreachable' as const;
  constructor(place: string, cause: unknown) {
    super(`archive ${place} can't be reached: ${reasonOf(cause)}; start PostgreSQL or mend DATABASE_URL`, {
      cause,
    });
  }
}

/** What a process may ask of its PostgreSQL. */
export interface PoolLimits {
  /** Connections at a time. */
  readonly connections: number;
  /**
   * After how long a statement is cut, and a transaction whose client says nothing any more is ended with its locks, in seconds; 0 for
   * never, as a migration needs it.
   */
  readonly seconds: number;
}

/**
 * A pool of connections to PostgreSQL. Nothing is connected before the first query.
 *
 * @throws SettingError when the address is not one. Later each connect and query may throw ArchiveUnreachable, ArchiveFull or
 *   ArchiveHeld.
 */
export function postgresPool(databaseUrl: string, { connections, seconds }: PoolLimits): PostgresPool {
  const place = placeOf(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    types: { getTypeParser },
    ...(seconds > 0 && timeouts(seconds * 1_000)),
  });
  // A server that goes away breaks idle connections too. The pool replaces them; without a listener Node would exit.
  pool.on('error', () => {});
  let atWork = 0;
  const told = (error: unknown): never => {
    if (isHeld(error))
      throw new ArchiveHeld(
        `archive ${place}: another transaction holds what this one needs; it is tried again`,
        { cause: error },
      );
    throw isConnectionError(error) ? new ArchiveUnreachable(place, error) : error;
  };
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        if (atWork < connections) throw new ArchiveUnreachable(place, error);
        const words = `all ${connections} connections of this process to archive ${place} are at work; COPYDESK_DATABASE_CONNECTIONS allows more`;
        throw new ArchiveFull(words, { cause: error });
      });
      atWork += 1;
      let isBroken = false;
      // One that breaks while it is ours, between two queries, tells only its own listeners. The next query fails.
      client.on('error', ignore);
      const query = (text: string, parameters: readonly unknown[]): Promise<unknown> =>
        client.query(text, [...parameters]).catch((error: unknown) => {
          isBroken ||= isUnanswered(error);
          return told(error);
        });
      const release = (): void => {
        atWork -= 1;
        client.off('error', ignore);
        client.release(isBroken);
      };
      return { query: query as PostgresPoolClient['query'], release };
    },
    end: () => pool.end(),
  };
}

const timeouts = (ms: number): pg.PoolConfig => ({
  statement_timeout: ms,
  connectionTimeoutMillis: Math.min(CONNECT_TIMEOUT_MS, ms),
  // Well before the statement is cut, which would not tell what it waited for.
  lock_timeout: Math.min(LOCK_TIMEOUT_MS, ms / 2),
  idle_in_transaction_session_timeout: ms,
  query_timeout: ms + ANSWER_MS,
});

const ignore = (): void => {};

/** lock_not_available */
const isHeld = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === '55P03';

/** The answer may still come, and must not be taken for that of the next query. */
const isUnanswered = (error: unknown): boolean => /^Query read timeout/.test(reasonOf(error));

/** Classes 08 (connection exception) and 57P (the server shuts down or is not up yet) of PostgreSQL's error codes. */
const GONE = /^(?:08|57P)/;

function isConnectionError(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return GONE.test(error.code ?? '');
  const { code, message } = error as NodeJS.ErrnoException;
  return /^E[A-Z]+$/.test(code ?? '') || /connection|^Query read timeout/i.test(message);
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
