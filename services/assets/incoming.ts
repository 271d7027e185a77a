import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ASSET_PATTERN } from '../../contract/ids.js';
import { AssetNotStored } from './assets.js';

/** No file is fetched and checked that long, in ms. */
const LEFT_OVER_AFTER = 3_600_000;
/** `<asset>.<random>` while it is fetched, `<asset>.<random>.try<n>` from when it is handled for the n-th time. */
const FILE = /^(?<asset>.+)\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?:\.try(?<tries>\d+))?(?:\.png)?$/;

interface Found {
  readonly name: string;
  readonly asset: string;
  /** 0 for one that was not handled. */
  readonly tries: number;
}

/**
 * The folder of files that were fetched and not yet kept. A file's name says how often it has been handled, so that a file
 * which ends the process that handles it is known by the next one.
 */
export class Incoming {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Fetches a file of an asset into the folder. Also clears away what was left behind there an hour ago.
   *
   * @param fetch is given what takes the bytes.
   * @returns its name
   * @throws what `fetch` throws; AssetNotStored when the folder takes no file, such as on a full disk
   */
  async receive(
    asset: string,
    fetch: (write: (chunk: Uint8Array) => Promise<void>) => Promise<void>,
  ): Promise<string> {
    if (!ASSET_PATTERN.test(asset))
      throw new Error(`asset name '${asset}' is not like UpkTZ26nc9Eb_hero.png`);
    const name = `${asset}.${randomUUID()}`;
    const notStored = (error: NodeJS.ErrnoException): never => {
      throw new AssetNotStored(asset, this.#folder, error);
    };
    await mkdir(this.#folder, { recursive: true }).catch(notStored);
    await this.#clearLeftOvers();
    const file = await open(this.path(name), 'wx').catch(notStored);
    try {
      await fetch((chunk) => file.writeFile(chunk).catch(notStored));
      return name;
    } catch (error) {
      await rm(this.path(name), { force: true });
      throw error;
    } finally {
      await file.close();
    }
  }

  /** How often files of an asset were handled by a process that did not come to an end with them. */
  async triesOf(asset: string): Promise<number> {
    const files = await this.#filesOf(asset);
    return Math.max(0, ...files.map(({ tries }) => tries));
  }

  /**
   * Notes that a file is about to be handled for the n-th time, in a way that outlives this process.
   *
   * @returns its new name
   */
  async markTry(name: string, tries: number): Promise<string> {
    const marked = `${name}.try${tries}`;
    await rename(this.path(name), this.path(marked));
    const asset = found(name)?.asset;
    if (asset !== undefined) await this.#removeOlder(asset, marked);
    return marked;
  }

  /** Notes tries of an asset whose file is of no more use. */
  async noteTries(asset: string, tries: number): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const note = `${asset}.${randomUUID()}.try${tries}`;
    await writeFile(this.path(note), '');
    await this.#removeOlder(asset, note);
  }

  /** Removes all files of an asset, of whatever process. */
  async remove(asset: string): Promise<void> {
    await this.#remove(await this.#filesOf(asset));
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Of what was handled of an asset only the latest says how often. */
  async #removeOlder(asset: string, latest: string): Promise<void> {
    const files = await this.#filesOf(asset);
    await this.#remove(files.filter(({ name, tries }) => tries > 0 && name !== latest));
  }

  async #remove(files: readonly Found[]): Promise<void> {
    await Promise.all(files.map(({ name }) => rm(this.path(name), { force: true })));
  }

  async #filesOf(asset: string): Promise<Found[]> {
    return (await this.#files()).filter((file) => file.asset === asset);
  }

  async #files(): Promise<Found[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.flatMap((name) => found(name) ?? []);
  }

  async #clearLeftOvers(): Promise<void> {
    const oldest = Date.now() - LEFT_OVER_AFTER;
    for (const { name } of await this.#files()) {
      // Another process may clear it away at the same moment.
      const written = await stat(this.path(name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => oldest,
      );
      if (written < oldest) await rm(this.path(name), { force: true });
    }
  }
}

function found(name: string): Found | null {
  const { asset, tries = '0' } = FILE.exec(name)?.groups ?? {};
  return asset === undefined ? null : { name, asset, tries: Number(tries) };
}
