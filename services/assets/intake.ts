import { type AssetStore, AssetRefused } from './assets.js';
import { FileChecker, type FileKind } from './checker.js';
import { Incoming } from './incoming.js';
import { provenanceXmp, type Provenance } from './provenance.js';

/** A file that has ended so many processes is not handled by a third one. */
const MOST_TRIES = 2;

export interface IntakeOrder {
  readonly asset: string;
  readonly kind: FileKind;
  /** Of a file that a model made; null for a person's, of which nothing is said. */
  readonly provenance: Provenance | null;
  /** How often a process is known to have ended with this file, from elsewhere than this disk. */
  readonly tries: number;
  /** Hears that the file is about to be handled for the n-th time; of 0 when it was, and the process lives. */
  readonly onTry: (tries: number) => void;
}

/** Takes files from outside in: fetched to disk, checked in a thread of their own one after the other, then kept as assets. */
export class Intake {
  readonly #incoming: Incoming;
  readonly #assets: AssetStore;
  readonly #checker: FileChecker;

  /** @param parts.folder of files on their way, made when needed. */
  constructor(parts: { folder: string; assets: AssetStore; checker?: FileChecker }) {
    this.#incoming = new Incoming(parts.folder);
    this.#assets = parts.assets;
    this.#checker = parts.checker ?? new FileChecker();
  }

  /**
   * Takes one file in. A file that ended the process which handled it, twice, is refused; after that it is handled once more when
   * it is asked for again.
   *
   * @param fetch is given what takes the bytes.
   * @throws AssetRefused, AssetNotStored; what `fetch` throws
   */
  async take(
    { asset, kind, provenance, tries, onTry }: IntakeOrder,
    fetch: (write: (chunk: Uint8Array) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const before = Math.max(tries, await this.#incoming.triesOf(asset));
    if (before >= MOST_TRIES) {
      await this.#incoming.noteTries(asset, MOST_TRIES - 1);
      throw new AssetRefused('the file has ended its process twice while it was checked', { final: true });
    }
    const name = await this.#incoming.receive(asset, fetch);
    let isTried = false;
    try {
      // Once it is its turn: what waits while another file ends the process has not been tried.
      const begin = async (): Promise<string> => {
        const marked = await this.#incoming.markTry(name, before + 1);
        isTried = true;
        onTry(before + 1);
        return this.#incoming.path(marked);
      };
      const fit = await this.#checker.check(kind, begin, provenance && provenanceXmp(provenance));
      await this.#assets.putFile(asset, fit);
    } finally {
      if (isTried) onTry(0);
      await this.#incoming.remove(asset);
    }
  }
}
