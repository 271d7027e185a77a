import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { freePort } from '../../test/ports.js';

const BIN = fileURLToPath(new URL('../copydesk.ts', import.meta.url));
/** By its address, as the command may run in another folder. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const ACCOUNTS = fileURLToPath(new URL('../../accounts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the real command as a process of its own, with only the given COPYDESK_* and TEMPORAL_* variables.
 *
 * @param folder where it runs; this one when left out
 */
export function copydesk(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder?: string,
): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', TSX, BIN, ...args], {
    cwd: folder,
    env: { PATH, HOME, COPYDESK_ENV_FILE: 'none', COPYDESK_ACCOUNTS: ACCOUNTS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

export const closedPort = freePort;
