import type { AssetStore } from '../../services/assets/assets.js';

/** In pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** The size of a stored picture, so that a page keeps its place before it has loaded; null where it can't be told. */
export type MeasurePicture = (asset: string) => Promise<PixelSize | null>;

/** A PNG begins with its signature and the chunk IHDR, whose first two numbers are its size (W3C PNG, section 11.2.1). */
const HEADER_BYTES = 24;
const SIGNATURE = '89504e470d0a1a0a0000000d49484452';
const MOST_KNOWN = 5_000;

/** Reads each picture's header once: a name never gets other bytes. */
export function measurePictures(assets: Pick<AssetStore, 'open'>): MeasurePicture {
  const known = new Map<string, PixelSize>();
  return async function measurePicture(asset) {
    const found = known.get(asset);
    if (found) return found;
    // A page is shown without a size rather than not at all.
    const size = pngSize(await headerOf(assets, asset).catch(() => Buffer.alloc(0)));
    if (size === null) return null;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(asset, size);
    return size;
  };
}

async function headerOf(assets: Pick<AssetStore, 'open'>, asset: string): Promise<Buffer> {
  const opened = await assets.open(asset, { start: 0, end: HEADER_BYTES - 1 });
  const parts: Buffer[] = [];
  for await (const part of opened?.stream ?? []) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Null for what is no PNG. */
export function pngSize(header: Buffer): PixelSize | null {
  if (header.length < HEADER_BYTES || header.toString('hex', 0, 16) !== SIGNATURE) return null;
  const [width, height] = [header.readUInt32BE(16), header.readUInt32BE(20)];
  return width > 0 && height > 0 ? { width, height } : null;
}

type Bytes = Uint8Array<ArrayBuffer>;

interface SmallPicturesOptions {
  readonly assets: Pick<AssetStore, 'read'>;
  readonly make: (bytes: Uint8Array, width: number) => Promise<Bytes>;
  /** Of what is kept in memory, in bytes. */
  readonly mostBytes?: number;
  /** Made at once: each holds a whole picture, and a core. */
  readonly mostAtWork?: number;
  /** Asked for and not made yet: a long list, seen by several people. */
  readonly mostWaiting?: number;
}

export type SmallPictures = ReturnType<typeof createSmallPictures>;

/**
 * Makes and keeps what pages show small: in memory, the least used going first, since a browser keeps what it has and a restart
 * makes the rest again.
 */
export function createSmallPictures(options: SmallPicturesOptions) {
  const { assets, make, mostBytes = 16 * 1024 ** 2, mostAtWork = 2, mostWaiting = 200 } = options;
  const kept = new Map<string, Bytes>();
  const asked = new Map<string, Promise<Bytes | null>>();
  const waiting: (() => void)[] = [];
  let bytesKept = 0;
  let atWork = 0;

  function keep(key: string, bytes: Bytes): void {
    kept.set(key, bytes);
    bytesKept += bytes.length;
    for (const [oldest, its] of kept) {
      if (bytesKept <= mostBytes) return;
      kept.delete(oldest);
      bytesKept -= its.length;
    }
  }

  async function makeInTurn(asset: string, width: number): Promise<Bytes | null> {
    if (atWork < mostAtWork) atWork += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await make(await assets.read(asset), width);
    } catch {
      return null;
    } finally {
      // The turn is passed on, or given back.
      const next = waiting.shift();
      if (next) next();
      else atWork -= 1;
    }
  }

  return {
    /** Null where it can't be made, or where too many are asked for at once: then the whole picture is to be shown. */
    async find(asset: string, width: number): Promise<Bytes | null> {
      const key = `${asset} ${width}`;
      const found = kept.get(key);
      if (found) {
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      const pending = asked.get(key);
      if (pending) return pending;
      if (waiting.length >= mostWaiting) return null;
      const made = makeInTurn(asset, width);
      asked.set(key, made);
      const bytes = await made;
      asked.delete(key);
      if (bytes) keep(key, bytes);
      return bytes;
    },
  };
}
