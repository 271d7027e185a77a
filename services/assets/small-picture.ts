/** As for files from outside: far over any model's picture. */
const MAX_PIXELS = 40_000_000;
const MOST_SECONDS = 20;

/**
 * A picture for a page that shows it small, as WebP, at its own ratio and never larger than it is. What its file says of how it
 * was made (XMP) stays. libvips is loaded with the first one.
 *
 * @param width in pixels
 * @throws Error for what can't be decoded
 */
export async function smallPicture(bytes: Uint8Array, width: number): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sharp } = await import('sharp');
  // Each is decoded once: what libvips keeps of it is of no more use.
  sharp.cache(false);
  const made = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .timeout({ seconds: MOST_SECONDS })
    .resize({ width, withoutEnlargement: true })
    .keepXmp()
    .webp({ quality: 80 })
    .toBuffer();
  return new Uint8Array(made);
}
