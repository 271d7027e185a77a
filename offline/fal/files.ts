import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  txt: 'text/plain',
};
const NAME = /^[\w-]+\.[a-z0-9]{1,5}$/;
const FILE_PATH = /\/v3\.fal\.media\/files\/([\w-]+\.[a-z0-9]{1,5})(?:$|[?#])/;

/** The files of fal's CDN, uploaded or made, in one folder. */
export class Files {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'files');
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Whole or not at all: a kill leaves no half file under a name that is served. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    const half = join(this.#folder, `${randomUUID()}.part`);
    await writeFile(half, bytes);
    await rename(half, join(this.#folder, name));
  }

  async read(name: string): Promise<Uint8Array | null> {
    if (!NAME.test(name)) return null;
    return readFile(join(this.#folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
  }
}

/** The name under which an upload is kept. */
export function uploadName(fileName: string, contentType: string): string {
  const [, ending] = /\.([a-z0-9]{1,5})$/i.exec(fileName) ?? [];
  const byType = Object.keys(TYPES).find((known) => TYPES[known] === contentType.split(';')[0]);
  return `${randomUUID()}.${(ending ?? byType ?? 'bin').toLowerCase()}`;
}

export const typeOf = (name: string): string =>
  TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';

/**
 * The name of one of our files in an address, whatever host and port it was given out with: a restart may have moved us.
 * Null for an address elsewhere.
 */
export const fileNameIn = (url: string): string | null => FILE_PATH.exec(url)?.[1] ?? null;
