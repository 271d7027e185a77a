import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '../config/settings.js';

/** The desk's token: `COPYDESK_TOKEN`, or the one the desk made at its first start; null before there is one. */
export async function readToken(settings: Pick<Settings, 'token' | 'data'>): Promise<string | null> {
  if (settings.token) return settings.token;
  try {
    return (await readFile(path.join(settings.data, 'token'), 'utf8')).trim() || null;
  } catch {
    return null;
  }
}
