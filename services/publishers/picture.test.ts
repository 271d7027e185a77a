import sharp from 'sharp';
import { expect, it } from 'vitest';
import { noise } from '../assets/testing/noise.js';
import { fitPicture } from './picture.js';

it('leaves a picture within the limits as it is', async () => {
  const png = await noise(40, 30).png().toBuffer();
  const fitted = await fitPicture(png, { maxBytes: png.length, maxPixels: 1_200 });
  expect(fitted).toEqual({ bytes: png, mimeType: 'image/png', width: 40, height: 30 });
});

it('writes one over the limit as a JPEG under it, in full size where that is enough', async () => {
  const png = await noise(800, 600).png().toBuffer();
  const fitted = await fitPicture(png, { maxBytes: Math.floor(png.length / 2) });
  expect(fitted).toMatchObject({ mimeType: 'image/jpeg', width: 800, height: 600 });
  expect(fitted.bytes.length).toBeLessThanOrEqual(png.length / 2);
});

it('makes it smaller where quality alone is not enough, in its own shape', async () => {
  const png = await noise(1_200, 900).png().toBuffer();
  const { bytes, width, height } = await fitPicture(png, { maxBytes: 60_000 });
  expect(bytes.length).toBeLessThanOrEqual(60_000);
  expect(width).toBeLessThan(1_200);
  expect(width / height).toBeCloseTo(4 / 3, 1);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width, height });
});

it('keeps to a limit of pixels', async () => {
  const png = await noise(400, 100).png().toBuffer();
  const { width, height } = await fitPicture(png, { maxBytes: 1_000_000, maxPixels: 10_000 });
  expect(width * height).toBeLessThanOrEqual(10_000);
  expect(width / height).toBeCloseTo(4, 0);
});

it('keeps what the picture says of itself', async () => {
  const said = '<x:xmpmeta xmlns:x="adobe:ns:meta/">trainedAlgorithmicMedia</x:xmpmeta>';
  const marked = noise(300, 300)
    .withXmp(said)
    .withExifMerge({ IFD0: { Artist: 'UpkTZ26nc9Eb' } });
  const png = await marked.png().toBuffer();
  const { bytes } = await fitPicture(png, { maxBytes: Math.floor(png.length / 4) });
  const { xmp, exif } = await sharp(bytes).metadata();
  expect(xmp?.toString()).toContain('trainedAlgorithmicMedia');
  expect(exif?.toString('latin1')).toContain('UpkTZ26nc9Eb');
});

it('turns a picture as it is shown, once', async () => {
  const jpeg = await noise(200, 100).withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer();
  const fitted = await fitPicture(jpeg, { maxBytes: Math.floor(jpeg.length / 2) });
  expect(fitted).toMatchObject({ width: 100, height: 200 });
  expect((await sharp(fitted.bytes).metadata()).autoOrient).toEqual({ width: 100, height: 200 });
  expect(await fitPicture(jpeg, { maxBytes: jpeg.length })).toMatchObject({ width: 100, height: 200 });
});

it('shows white through what is transparent', async () => {
  const png = await sharp({ create: { width: 300, height: 300, channels: 4, background: '#0000' } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const { bytes } = await fitPicture(png, { maxBytes: 20_000 });
  const [red] = await sharp(bytes).raw().toBuffer();
  expect(red).toBe(255);
});

it('says that nothing fits, and refuses what is no picture', async () => {
  const png = await noise(300, 300).png().toBuffer();
  await expect(fitPicture(png, { maxBytes: 100 })).rejects.toThrow("can't be brought under 100 bytes");
  await expect(fitPicture(Buffer.from('<html>'), { maxBytes: 100 })).rejects.toThrow();
});
