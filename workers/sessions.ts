import { join } from 'node:path';
import type { DeskDeps } from '../desk/deps.js';
import { makeSecret, readSecret } from './kept-secret.js';
import { keepMarks } from '../desk/http/kept-marks.js';
import { onceSecrets } from '../desk/sign-in/once-secrets.js';

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
