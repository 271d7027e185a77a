import { inject } from 'vitest';
import { createDatabase } from '../postgres.js';

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
