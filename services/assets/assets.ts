import type { Readable } from 'node:stream';

export interface StoredAsset {
  readonly name: string;
  readonly size: number;
}

/** Where finished pictures and clips are kept, by name (`UpkTZ26nc9Eb_hero.png`). */
export interface AssetStore {
  /** Written whole or not at all; the same name may be written again with the same bytes. */
  put(name: string, bytes: Uint8Array): Promise<StoredAsset>;
  /** The same of a file, which stays where it is; it is never whole in memory. */
  putFile(name: string, path: string): Promise<StoredAsset>;
  /** @throws AssetMissing */
  read(name: string): Promise<Uint8Array>;
  /** A stream of the bytes from `start` to `end`, both included; null where there is no such asset. */
  open(
    name: string,
    range?: { start: number; end: number },
  ): Promise<{ size: number; stream: Readable } | null>;
  size(name: string): Promise<number | null>;
  /** Nothing where there is none. */
  remove(name: string): Promise<void>;
}

export class AssetMissing extends Error {
  override name = 'AssetMissing' as const;
  constructor(asset: string) {
    super(`No such asset: ${asset}`);
  }
}

const FULL = ['ENOSPC', 'EDQUOT'];

/**
 * The folder of the assets takes no file now: its disk is full, or it may not be written to. Nothing is wrong with the
 * asset, so it is worth another try for as long as a person may need to mend it.
 */
export class AssetNotStored extends Error {
  override name = 'AssetNotStored' as const;
  constructor(asset: string, folder: string, cause: NodeJS.ErrnoException) {
    const why = FULL.includes(cause.code ?? '')
      ? `the disk of ${folder} is full; free some space there`
      : `${folder} can't be written to (${cause.message.split('\n', 1)[0]}); mend that`;
    super(`asset ${asset} could not be stored: ${why}`, { cause });
  }
}

/** A file that is not what it should be; one line that says what it is. */
export class AssetRefused extends Error {
  override name = 'AssetRefused' as const;
  /** Fetched again it would be the same: it is not late or cut off, but made to hurt. */
  readonly final: boolean;
  constructor(message: string, { final = false, cause }: { final?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.final = final;
  }
}

/** `(1,234 bytes)` */
export const sizeNote = (size: number): string => `(${size.toLocaleString('en-US')} bytes)`;
