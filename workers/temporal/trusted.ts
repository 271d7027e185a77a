import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Write rights of the group and of everybody. */
const OTHERS_WRITE = 0o022;
const ROOT = 0;

/**
 * Holds the kept server against what was written down when it was obtained, before anything of it runs. One without such a note,
 * of an older version of ours, gets it now.
 *
 * @throws Error in one line when another user may change the file, or somebody has
 */
export async function requireTrusted(cached: string): Promise<void> {
  for (const path of [dirname(cached), cached]) requireOwn(path);
  const [known, is] = [noteOf(cached), await sha256Of(cached)];
  if (known === null) return write(cached, is);
  if (known === is) return;
  throw new Error(
    `The Temporal server ${cached} is not run: it is not the file that was put there (sha256 ${is}, was ${known}); remove it to get it again`,
  );
}

/** Writes down what was just obtained. */
export const trust = async (cached: string): Promise<void> => write(cached, await sha256Of(cached));

function requireOwn(path: string): void {
  // Windows has neither owners nor modes of this kind.
  const me = process.getuid?.();
  if (me === undefined) return;
  const { uid, mode } = statSync(path);
  if (uid !== me && uid !== ROOT)
    throw new Error(`The Temporal server is not run: ${path} belongs to another user (${uid}); remove it`);
  if ((mode & OTHERS_WRITE) !== 0)
    throw new Error(
      `The Temporal server is not run: other users may write to ${path}; chmod go-w it, or remove it`,
    );
}

const noteFile = (cached: string): string => `${cached}.sha256`;

function noteOf(cached: string): string | null {
  try {
    return readFileSync(noteFile(cached), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function write(cached: string, sha256: string): void {
  const draft = `${noteFile(cached)}.${process.pid}`;
  writeFileSync(draft, `${sha256}\n`);
  renameSync(draft, noteFile(cached));
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
