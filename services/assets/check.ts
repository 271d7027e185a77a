import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import sharp from 'sharp';
import { kindOf } from './kind.js';
import { cutOffBox } from './mp4-boxes.js';
import { AssetRefused, sizeNote } from './refused.js';

export { AssetRefused } from './refused.js';

const MAX_PICTURE_BYTES = 50 * 1024 ** 2;
const MAX_CLIP_BYTES = 500 * 1024 ** 2;
/** Far over any model's picture; a small file that unpacks to more is made to hurt. */
const MAX_PIXELS = 100_000_000;

export interface Picture {
  readonly png: Uint8Array;
  /** Pixels, as the picture is shown. */
  readonly width: number;
  readonly height: number;
}

export interface Clip {
  /** Pixels, as the clip is shown. */
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
}

/**
 * Decodes a picture whole. A PNG is given back byte for byte; a JPEG or WebP as a PNG, so that the asset's name holds.
 *
 * @throws AssetRefused over 50 MB or 100 million pixels, for any other kind, and for one that is cut off or damaged.
 */
export async function checkPicture(bytes: Uint8Array): Promise<Picture> {
  refuseLarge(bytes, MAX_PICTURE_BYTES, 'picture');
  const kind = kindOf(bytes);
  if (!['PNG', 'JPEG', 'WebP'].includes(kind)) throw notA('picture', kind, bytes);
  const picture = sharp(bytes, { limitInputPixels: MAX_PIXELS }).autoOrient();
  try {
    // Both decode every pixel; only the one that is kept pays for an encoding.
    const output = kind === 'PNG' ? picture.raw() : picture.png();
    const { data, info } = await output.toBuffer({ resolveWithObject: true });
    return { png: kind === 'PNG' ? bytes : data, width: info.width, height: info.height };
  } catch (error) {
    throw damaged(kind, bytes, error);
  }
}

/**
 * Reads the index of an MP4, which must be whole. The frames are not decoded.
 *
 * @throws AssetRefused over 500 MB, for any other kind, without a video track or duration, and for one that is cut off.
 */
export async function checkClip(bytes: Uint8Array): Promise<Clip> {
  refuseLarge(bytes, MAX_CLIP_BYTES, 'clip');
  const kind = kindOf(bytes);
  if (kind !== 'MP4') throw notA('MP4 clip', kind, bytes);
  const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS });
  try {
    return await readClip(input, bytes);
  } catch (error) {
    throw error instanceof AssetRefused ? error : damaged(kind, bytes, error);
  } finally {
    input.dispose();
  }
}

async function readClip(input: Input, bytes: Uint8Array): Promise<Clip> {
  const cut = cutOffBox(bytes);
  if (cut !== null) throw new AssetRefused(`the MP4 is cut off in its ${cut} box ${sizeNote(bytes)}`);
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new AssetRefused(`the MP4 has no video track ${sizeNote(bytes)}`);
  const seconds = await track.computeDuration();
  if (!(seconds > 0)) throw new AssetRefused(`the MP4's video track has no duration ${sizeNote(bytes)}`);
  return { width: await track.getDisplayWidth(), height: await track.getDisplayHeight(), seconds };
}

function refuseLarge(bytes: Uint8Array, most: number, what: string): void {
  if (bytes.length <= most) return;
  throw new AssetRefused(`the ${what} is larger than ${most / 1024 ** 2} MB ${sizeNote(bytes)}`);
}

function notA(what: string, kind: string, bytes: Uint8Array): AssetRefused {
  const is = kind === 'unknown' ? 'of an unknown kind' : kind;
  return new AssetRefused(
    `the file is ${is}, not a${what.startsWith('MP4') ? 'n' : ''} ${what} ${sizeNote(bytes)}`,
  );
}

function damaged(kind: string, bytes: Uint8Array, cause: unknown): AssetRefused {
  const [reason] = String(cause instanceof Error ? cause.message : cause).split('\n');
  return new AssetRefused(`the ${kind} does not decode: ${reason} ${sizeNote(bytes)}`, { cause });
}
