import { inject } from 'vitest';
import { type Archive, openArchive } from '../../services/archive/archive.js';
import { ARCHIVE_TEMPLATE, createDatabase } from '../postgres.js';

/**
 * Borrows a server that the whole run shares, which is started when it is not there yet.
 *
 * @returns by which it is reached: `127.0.0.1:PORT` of Temporal, the URL of PostgreSQL, the WebSocket of Chromium
 * @throws Error with what kept it from starting
 */
export async function borrow(name: 'temporal' | 'postgres' | 'chromium'): Promise<string> {
  const response = await fetch(`${inject('lender')}/${name}`);
  const text = await response.text();
  if (!response.ok) throw new Error(`${name} could not be started: ${text}`);
  return text;
}

/** An empty database of one's own on the PostgreSQL that the run shares: its URL. */
export const borrowDatabase = async (): Promise<string> => createDatabase(await borrow('postgres'));

/** The same with the archive's schema: its URL. */
export const borrowArchiveDatabase = async (): Promise<string> =>
  createDatabase(await borrow('postgres'), { template: ARCHIVE_TEMPLATE });

/** An archive of one's own there, of today's schema, to be closed by who borrows it. */
export const borrowArchive = async (): Promise<Archive> =>
  openArchive({ databaseUrl: await borrowArchiveDatabase(), folder: '' });
