import { afterAll, beforeAll, describe } from 'vitest';
import { startPostgres, type TestPostgres } from '../../../test/postgres.js';

/**
 * Groups tests that need a PostgreSQL server, which runs as long as they do.
 *
 * @param tests are given what makes an empty database and answers its URL
 */
export function withPostgres(tests: (database: () => Promise<string>) => void): void {
  describe('with a PostgreSQL server', () => {
    let postgres: TestPostgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    }, 300_000);
    afterAll(() => postgres?.stop());

    tests(() => postgres.database());
  });
}
