import sharp from 'sharp';
import type { Size } from './shape.js';

/** A picture of one colour. */
export const drawPlain = (size: Size): Promise<Buffer> =>
  sharp({ create: { ...size, channels: 3, background: '#35506b' } })
    .png()
    .toBuffer();

export const asJpeg = (picture: Uint8Array): Promise<Buffer> => sharp(picture).jpeg().toBuffer();

/** The size of a picture; null for bytes that are none. */
export async function sizeOf(bytes: Uint8Array): Promise<Size | null> {
  const metadata = await sharp(bytes)
    .metadata()
    .catch(() => null);
  return metadata && { width: metadata.width, height: metadata.height };
}
