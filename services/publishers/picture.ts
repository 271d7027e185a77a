import type { Sharp } from 'sharp';
import { kindOf } from '../assets/kind.js';

export interface PictureLimits {
  readonly maxBytes: number;
  /** Width times height; no limit when left out. */
  readonly maxPixels?: number;
}

export interface FittedPicture {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  /** Pixels, as the picture is shown. */
  readonly width: number;
  readonly height: number;
}

/** As it is, a target is given only what every one of them shows. */
const MIME_TYPES: Readonly<Record<string, string>> = {
  PNG: 'image/png',
  JPEG: 'image/jpeg',
  WebP: 'image/webp',
};
/** The best first; under the last, a smaller picture looks better. */
const QUALITIES = [92, 80];
/** Beside what the bytes ask for, since a smaller picture has more of them for each pixel. */
const SHRINK = 0.9;
/** Pixels of the longer side, under which a picture is no use to anybody. */
const LEAST_SIDE = 64;

/**
 * Brings a picture under a target's limits. One that is within them stays as it is, byte for byte; else it is written as a JPEG,
 * as good as there is room for and only then smaller. What it says of itself stays in it (XMP, IPTC, EXIF, its colours): that is
 * where the record of how it was made stands. sharp is loaded with the first picture.
 *
 * @throws Error in one line where no picture is left that fits, and what sharp throws for what is no picture
 */
export async function fitPicture(bytes: Uint8Array, limits: PictureLimits): Promise<FittedPicture> {
  const { default: sharp } = await import('sharp');
  const { autoOrient: shown } = await sharp(bytes).metadata();
  const mimeType = MIME_TYPES[kindOf(bytes)];
  const isWithin = bytes.length <= limits.maxBytes && pixels(shown) <= (limits.maxPixels ?? Infinity);
  if (isWithin && mimeType !== undefined) return { bytes, mimeType, ...shown };
  return asJpeg(sharp(bytes, { sequentialRead: true }), shown, limits);
}

async function asJpeg(
  picture: Sharp,
  shown: { readonly width: number; readonly height: number },
  { maxBytes, maxPixels = Infinity }: PictureLimits,
): Promise<FittedPicture> {
  const longer = Math.max(shown.width, shown.height);
  let side = Math.floor(longer * Math.min(1, Math.sqrt(maxPixels / pixels(shown))));
  while (side >= Math.min(LEAST_SIDE, longer)) {
    let size = 0;
    for (const quality of QUALITIES) {
      const { data, info } = await jpeg(picture, side, quality).toBuffer({ resolveWithObject: true });
      if (data.length <= maxBytes && pixels(info) <= maxPixels)
        return { bytes: data, mimeType: 'image/jpeg', width: info.width, height: info.height };
      size = data.length;
    }
    side = Math.floor(side * SHRINK * Math.min(1, Math.sqrt(maxBytes / size)));
  }
  throw new Error(`the picture can't be brought under ${maxBytes.toLocaleString('en-US')} bytes`);
}

/** A JPEG has no transparency: what shows through is white, as on the page. */
const jpeg = (picture: Sharp, side: number, quality: number): Sharp =>
  picture
    .clone()
    .autoOrient()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .keepMetadata()
    .jpeg({ quality, progressive: true });

const pixels = ({ width, height }: { readonly width: number; readonly height: number }): number =>
  width * height;
