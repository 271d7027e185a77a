import { describe } from 'vitest';
import { borrowDatabase } from '../../../test/servers/borrow.js';

/**
 * Groups tests that need a PostgreSQL server.
 *
 * @param tests are given what makes an empty database and answers its URL
 */
export function withPostgres(tests: (database: () => Promise<string>) => void): void {
  describe('with a PostgreSQL server', () => tests(borrowDatabase));
}
