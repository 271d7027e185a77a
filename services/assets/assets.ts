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
