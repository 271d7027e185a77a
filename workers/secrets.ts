import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Settings } from '../config/settings.js';
import { tokenSetting } from '../config/token-setting.js';
import type { DeskDeps } from '../desk/deps.js';
import { keepMarks } from '../desk/http/kept-marks.js';
import { onceSecrets } from '../desk/sign-in/once-secrets.js';

/** What a file of one line holds; null where it is missing or empty. */
export async function readSecret(file: string): Promise<string | null> {
  return (await readFile(file, 'utf8').catch(() => '')).trim() || null;
}

/** Writes 192 random bits into a file that only its owner reads, and answers them. */
export async function makeSecret(file: string): Promise<string> {
  const secret = randomBytes(24).toString('base64url');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}

/**
 * The desk's token: the one that is set, else the one in the data folder, made at the first start.
 * @throws SettingError naming the file, where somebody has put a weak one there
 */
export async function deskToken(settings: Pick<Settings, 'token' | 'data'>): Promise<string> {
  if (settings.token) return settings.token;
  const file = join(settings.data, 'token');
  return tokenSetting(file, await readSecret(file)) ?? (await makeSecret(file));
}

/** What the sessions of the desk on a data folder are made of; the secret is made at the first start. */
export async function deskSessions(data: string, now: () => Date): Promise<DeskDeps['sessions']> {
  const file = join(data, 'session-secret');
  const secret = (await readSecret(file)) ?? (await makeSecret(file));
  return {
    secret,
    ended: keepMarks(join(data, 'ended-sessions'), now),
    spent: keepMarks(join(data, 'spent-links'), now),
    once: onceSecrets(now),
  };
}

/** The settings that no provider's words may carry into a history, a record or a log. */
export function secretValues(settings: Settings): string[] {
  const { text, media, token, databaseUrl } = settings;
  const addresses = [databaseUrl, text?.baseUrl, media?.baseUrl];
  return [text?.apiKey, media?.key, media?.adminKey, token, ...addresses.flatMap(passwordOf)].filter(
    (value) => typeof value === 'string',
  );
}

/** As it stands in an address and as it is meant. What is its user's name too is no secret. */
function passwordOf(address: string | null | undefined): string[] {
  if (!address || !URL.canParse(address)) return [];
  const { username, password } = new URL(address);
  return password === username ? [] : [password, decoded(password)];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
