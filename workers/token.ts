import { join } from 'node:path';
import type { Settings } from '../config/settings.js';
import { tokenSetting } from '../config/token-setting.js';
import { makeSecret, readSecret } from './kept-secret.js';

/**
 * The desk's token: the one that is set, else the one in the data folder, made at the first start.
 * @throws SettingError naming the file, where somebody has put a weak one there
 */
export async function deskToken(settings: Pick<Settings, 'token' | 'data'>): Promise<string> {
  if (settings.token) return settings.token;
  const file = join(settings.data, 'token');
  return tokenSetting(file, await readSecret(file)) ?? (await makeSecret(file));
}
