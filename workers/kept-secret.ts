import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

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
