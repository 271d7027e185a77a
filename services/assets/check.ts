import { open, readFile, writeFile } from 'node:fs/promises';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import sharp from 'sharp';
import { bytesOfFile, cutOffBox, countFault } from './mp4.js';
import { kindOf } from './kind.js';
import { addXmpToClip, pngTelling } from './provenance.js';
import { AssetRefused, sizeNote } from './assets.js';

const MAX_PICTURE_BYTES = 50 * 1024 ** 2;
const MAX_CLIP_BYTES = 500 * 1024 ** 2;
/** Far over any model's picture; a small file that unpacks to more is made to hurt. */
const MAX_PIXELS = 40_000_000;
/** Under the checker's deadline, since a thread that ends does not stop a decoder. */
const DECODE_SECONDS = 20;
const HEAD_BYTES = 512;

export interface Picture {
  /** Where the picture is as a PNG, with the XMP it is to carry: the file that was checked, or one beside it. */
  readonly path: string;
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

/** A file as the checks see it. */
interface Looked {
  readonly path: string;
  readonly size: number;
  readonly kind: string;
}

/**
 * Decodes a picture whole. The pixels of a PNG stay as they are, unless it is to be shown turned; a JPEG or WebP is written as a PNG
 * beside it, `<path>.png`, so that the asset's name holds. What the file says of who made it, where and by what, goes.
 *
 * @param xmp what the picture is to say of itself; null for nothing
 * @throws AssetRefused over 50 MB or 40 million pixels, for any other kind, and for one that is cut off or damaged.
 */
export async function checkPicture(path: string, xmp: string | null = null): Promise<Picture> {
  const file = await look(path);
  refuseLarge(file, MAX_PICTURE_BYTES, 'picture');
  if (!['PNG', 'JPEG', 'WebP'].includes(file.kind)) throw notA('picture', file);
  const { width, height, png } = await decode(file);
  const whole = png ?? (await readFile(path));
  const told = pngTelling(whole, xmp);
  if (told === null && png === null) return { path, width, height };
  await writeFile(`${path}.png`, told ?? whole);
  return { path: `${path}.png`, width, height };
}

/** Every pixel is decoded, row by row where the kind allows it. `png` is null for a file that is one, as it is to be shown. */
async function decode(file: Looked): Promise<{ width: number; height: number; png: Buffer | null }> {
  const { path, kind } = file;
  const picture = sharp(path, { limitInputPixels: MAX_PIXELS, sequentialRead: true }).timeout({
    seconds: DECODE_SECONDS,
  });
  try {
    const { autoOrient: shown, orientation = 1 } = await picture.metadata();
    if (kind !== 'PNG' || orientation !== 1)
      return { ...shown, png: await picture.autoOrient().png().toBuffer() };
    await picture.resize(16, 16, { fit: 'fill' }).raw().toBuffer();
    return { ...shown, png: null };
  } catch (error) {
    throw isTooLarge(error) ? tooManyPixels(file) : damaged(file, error);
  }
}

/**
 * Reads the index of an MP4, which must be whole. The frames are not decoded.
 *
 * @param xmp what the clip is to say of itself, which is added to the file; null to leave it as it is
 * @throws AssetRefused over 500 MB, for any other kind, without a video track or duration, for one that is cut off, and for
 *   one whose counts can't be true
 */
export async function checkClip(path: string, xmp: string | null = null): Promise<Clip> {
  const file = await look(path);
  refuseLarge(file, MAX_CLIP_BYTES, 'clip');
  if (file.kind !== 'MP4') throw notA('MP4 clip', file);
  await checkBoxes(file);
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  let clip: Clip;
  try {
    clip = await readClip(input, file);
  } catch (error) {
    throw error instanceof AssetRefused ? error : damaged(file, error);
  } finally {
    input.dispose();
  }
  if (xmp !== null) await addXmpToClip(path, xmp);
  return clip;
}

async function checkBoxes({ path, size }: Looked): Promise<void> {
  const file = await open(path);
  try {
    const bytes = bytesOfFile(file.fd, size);
    // Before anything else is looked for in millions of boxes.
    const fault = countFault(bytes);
    if (fault !== null) throw new AssetRefused(`the MP4 ${fault} ${sizeNote(size)}`, { final: true });
    const cut = cutOffBox(bytes);
    if (cut !== null) throw new AssetRefused(`the MP4 is cut off in its ${cut} box ${sizeNote(size)}`);
  } finally {
    await file.close();
  }
}

async function readClip(input: Input, { size }: Looked): Promise<Clip> {
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new AssetRefused(`the MP4 has no video track ${sizeNote(size)}`);
  const seconds = await track.computeDuration();
  if (!(seconds > 0)) throw new AssetRefused(`the MP4's video track has no duration ${sizeNote(size)}`);
  return { width: await track.getDisplayWidth(), height: await track.getDisplayHeight(), seconds };
}

async function look(path: string): Promise<Looked> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return { path, size, kind: kindOf(bytesOfFile(file.fd, size).read(0, HEAD_BYTES)) };
  } finally {
    await file.close();
  }
}

function refuseLarge({ size }: Looked, most: number, what: string): void {
  if (size <= most) return;
  throw new AssetRefused(`the ${what} is larger than ${most / 1024 ** 2} MB ${sizeNote(size)}`, {
    final: true,
  });
}

/** As sharp says it of `limitInputPixels`. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('exceeds pixel limit');

const tooManyPixels = ({ kind, size }: Looked): AssetRefused =>
  new AssetRefused(`the ${kind} has over ${MAX_PIXELS / 1_000_000} million pixels ${sizeNote(size)}`, {
    final: true,
  });

function notA(what: string, { kind, size }: Looked): AssetRefused {
  const is = kind === 'unknown' ? 'of an unknown kind' : kind;
  return new AssetRefused(
    `the file is ${is}, not a${what.startsWith('MP4') ? 'n' : ''} ${what} ${sizeNote(size)}`,
  );
}

function damaged({ kind, size }: Looked, cause: unknown): AssetRefused {
  const [reason = ''] = String(cause instanceof Error ? cause.message : cause).split('\n');
  return new AssetRefused(`the ${kind} does not decode: ${reason} ${sizeNote(size)}`, {
    cause,
    // As sharp says it when its time is up.
    final: reason.startsWith('timeout'),
  });
}
