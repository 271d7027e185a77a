import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import { PreparedQueries } from './prepared.js';

/**
 * PGlite in the shape of a `pg` pool of one connection, so that Kysely's PostgreSQL dialect drives both. Who connects
 * waits until the one before has released: a transaction is never interleaved with another's queries.
 *
 * @param refusal asked at each connect; a reason refuses it, null lets it pass.
 * @param require throws at a connect when the database must not be used for now.
 */
export function pglitePool(
  db: PGlite,
  refusal: () => string | null,
  require: () => void = () => {},
): PostgresPool {
  let last: Promise<void> = Promise.resolve();
  const queries = new PreparedQueries(db);
  return {
    async connect() {
      const before = last;
      let release!: () => void;
      last = new Promise((resolve) => (release = resolve));
      await before;
      // PGlite works on this thread and answers in microtasks: a busy writer would starve every timer of the process,
      // and with them the one that keeps the folder's lock fresh.
      await turnOfTheEventLoop();
      const reason = refusal();
      try {
        if (reason !== null) throw new Error(reason);
        require();
      } catch (error) {
        release();
        throw error;
      }
      return {
        query: ((text, values) => queries.query(text, values)) as PostgresPoolClient['query'],
        release,
      };
    },
    // After the folder is lost to another process, closing would still write a checkpoint into it.
    end: async () => (refusal() === null ? db.close() : undefined),
  };
}
