import { randomUUID } from 'node:crypto';
import {
  type FileHandle,
  constants,
  copyFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ASSET_PATTERN } from '../../contract/ids.js';
import { type AssetStore, type StoredAsset, AssetMissing, AssetNotStored } from './assets.js';

/** No write takes that long, in ms. */
const LEFT_OVER_AFTER = 3_600_000;
/** Shares the blocks of the two files where the file system can. */
const COPY = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;
/** A file that is being written: the asset's name, hidden, with a random part of its own. */
const WRITING = /^\.(?<asset>.+)\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Assets as files in one folder, which is made when the first one is stored. */
export class FileAssets implements AssetStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Also clears away what writers that were killed have left behind: of this asset, and of any other after an hour.
   *
   * @throws Error when the name is not an asset's. @throws AssetNotStored when the folder takes no file, such as on a full disk
   */
  put(name: string, bytes: Uint8Array): Promise<StoredAsset> {
    return this.#write(name, bytes.length, (path) => writeFile(path, bytes, { flag: 'wx' }));
  }

  /** @throws as `put` */
  async putFile(name: string, path: string): Promise<StoredAsset> {
    const { size } = await stat(path);
    return this.#write(name, size, (writing) => copyFile(path, writing, COPY));
  }

  async #write(name: string, size: number, write: (path: string) => Promise<void>): Promise<StoredAsset> {
    if (!ASSET_PATTERN.test(name)) throw new Error(`asset name '${name}' is not like UpkTZ26nc9Eb_hero.png`);
    // Beside its place, since a rename is whole or not at all only within one file system.
    const writing = join(this.#folder, `.${name}.${randomUUID()}`);
    try {
      await mkdir(this.#folder, { recursive: true });
      const leftOver = await leftOverFor(name, this.#folder);
      await write(writing);
      await sync(writing);
      await rename(writing, this.#path(name)).catch((error: NodeJS.ErrnoException) =>
        this.#orWritten(error, name, size),
      );
      await sync(this.#folder);
      await Promise.all(leftOver.map((file) => rm(join(this.#folder, file), { force: true })));
    } catch (error) {
      await rm(writing, { force: true });
      throw new AssetNotStored(name, this.#folder, error as NodeJS.ErrnoException);
    }
    return { name, size };
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

  async remove(name: string): Promise<void> {
    if (ASSET_PATTERN.test(name)) await rm(this.#path(name), { force: true });
  }

  /** Another writer of the same asset, which had the same bytes, may have cleared ours away. */
  async #orWritten(error: NodeJS.ErrnoException, name: string, size: number): Promise<void> {
    if (error.code !== 'ENOENT' || (await this.size(name)) !== size) throw error;
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }
}

/** What a finished write of the asset makes useless, and what no writer is at work on any more. */
async function leftOverFor(asset: string, folder: string): Promise<string[]> {
  const oldest = Date.now() - LEFT_OVER_AFTER;
  const leftOver: string[] = [];
  for (const file of await readdir(folder)) {
    const of = WRITING.exec(file)?.groups?.['asset'];
    if (of === undefined) continue;
    const isOld = async (): Promise<boolean> =>
      ((await stat(join(folder, file)).catch(nullIfMissing))?.mtimeMs ?? 0) < oldest;
    if (of === asset || (await isOld())) leftOver.push(file);
  }
  return leftOver;
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

/** A file's bytes, and a rename in a folder, last through a power cut once they are on disk. */
async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
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
