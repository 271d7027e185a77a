import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../contract/settings.js';
import { tokenSetting } from '../contract/token-setting.js';

/**
 * The desk's token: the one that is set, else the one in the data folder, made at the first start.
 * @throws SettingError naming the file, where somebody has put a weak one there
 */
export async function deskToken(settings: Pick<Settings, 'token' | 'data'>): Promise<string> {
  if (settings.token) return settings.token;
  const file = join(settings.data, 'token');
  const kept = tokenSetting(file, (await readFile(file, 'utf8').catch(() => '')).trim() || null);
  if (kept !== null) return kept;
  const token = randomBytes(24).toString('base64url');
  await mkdir(settings.data, { recursive: true });
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  return token;
}
