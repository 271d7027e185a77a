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
