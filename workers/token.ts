import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../contract/settings.js';

/** The desk's token: the one that is set, else the one in the data folder, made at the first start. */
export async function deskToken(settings: Pick<Settings, 'token' | 'data'>): Promise<string> {
  if (settings.token) return settings.token;
  const file = join(settings.data, 'token');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.trim()) return kept.trim();
  const token = randomBytes(24).toString('base64url');
  await mkdir(settings.data, { recursive: true });
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  return token;
}
