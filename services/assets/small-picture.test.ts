import sharp from 'sharp';
import { expect, it } from 'vitest';
import { smallPicture } from './small-picture.js';

const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/">trainedAlgorithmicMedia</x:xmpmeta>';
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } });

it('is a WebP of the width at its own ratio, and says what the picture says of itself', async () => {
  const whole = await picture(1000, 500).withXmp(XMP).png().toBuffer();
  const { format, width, height, xmp } = await sharp(await smallPicture(whole, 240)).metadata();
  expect({ format, width, height }).toEqual({ format: 'webp', width: 240, height: 120 });
  expect(xmp?.toString()).toContain('trainedAlgorithmicMedia');
});

it('is never larger than the picture', async () => {
  const whole = await picture(100, 300).png().toBuffer();
  expect(await sharp(await smallPicture(whole, 240)).metadata()).toMatchObject({ width: 100, height: 300 });
});

it('is none of what is no picture', async () => {
  await expect(smallPicture(new Uint8Array([1, 2, 3]), 240)).rejects.toThrow();
});
