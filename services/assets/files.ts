import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ASSET_PATTERN } from '../../contract/ids.js';
import type { AssetStore, StoredAsset } from './assets.js';
import { AssetMissing } from './assets.js';

/** Assets as files in one folder, which is made when the first one is stored. */
export class FileAssets implements AssetStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Error when the name is not an asset's. */
  async put(name: string, bytes: Uint8Array): Promise<StoredAsset> {
    if (!ASSET_PATTERN.test(name)) throw new Error(`asset name '${name}' is not like UpkTZ26nc9Eb_hero.png`);
    await mkdir(this.#folder, { recursive: true });
    // Beside its place, since a rename is whole or not at all only within one file system.
    const writing = join(this.#folder, `.${name}.${randomUUID()}`);
    try {
      await writeThrough(writing, bytes);
      await rename(writing, this.#path(name));
    } catch (error) {
      await rm(writing, { force: true });
      throw error;
    }
    await syncFolder(this.#folder);
    return { name, size: bytes.length };
  }

  async read(name: string): Promise<Uint8Array> {
    if (!ASSET_PATTERN.test(name)) throw new AssetMissing(name);
    const bytes = await readFile(this.#path(name)).catch(nullIfMissing);
    if (bytes === null) throw new AssetMissing(name);
    return bytes;
  }

  /** The stream must be read to its end or destroyed: it holds the file open. */
  async open(
    name: string,
    range?: { start: number; end: number },
  ): Promise<{ size: number; stream: Readable } | null> {
    if (!ASSET_PATTERN.test(name)) return null;
    const file = await open(this.#path(name), 'r').catch(nullIfMissing);
    if (file === null) return null;
    return streamOf(file, range);
  }

  async size(name: string): Promise<number | null> {
    if (!ASSET_PATTERN.test(name)) return null;
    return (await stat(this.#path(name)).catch(nullIfMissing))?.size ?? null;
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

async function streamOf(
  file: FileHandle,
  range: { start: number; end: number } | undefined,
): Promise<{ size: number; stream: Readable }> {
  try {
    const { size } = await file.stat();
    return { size, stream: file.createReadStream(range) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function writeThrough(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename lasts through a power cut once its folder is on disk. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
