import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { createH264MP4Encoder as Create } from 'h264-mp4-encoder';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkClip as checkClipFile, checkPicture as checkPictureFile } from './check.js';
import { AssetRefused } from './refused.js';
import { box } from './testing/boxes.js';

const folder = mkdtempSync(join(tmpdir(), 'copydesk-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** The same of bytes. */
const asFile =
  <T>(check: (path: string) => Promise<T>) =>
  async (bytes: Uint8Array): Promise<T> => {
    const path = join(folder, randomUUID());
    await writeFile(path, bytes);
    return check(path);
  };
const [checkClip, checkPicture] = [asFile(checkClipFile), asFile(checkPictureFile)];
const read = async (picture: Promise<{ path: string }>): Promise<Buffer> => readFile((await picture).path);

const size = { width: 64, height: 48 };
// Noise, so that a file cut in half is cut within its pixels.
const noise = () =>
  sharp({
    create: { ...size, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  });

const refusal = (checked: Promise<unknown>): Promise<unknown> =>
  checked.then(
    () => 'accepted',
    (error: unknown) => (error instanceof AssetRefused ? error.message : error),
  );

describe('a picture', () => {
  test('that is a PNG is given back byte for byte', async () => {
    const png = await noise().png().toBuffer();
    expect(await checkPicture(png)).toMatchObject(size);
    expect((await read(checkPicture(png))).equals(png)).toBe(true);
  });

  test.each(['jpeg', 'webp'] as const)('that is a %s becomes a PNG', async (format) => {
    const picture = await noise().toFormat(format).toBuffer();
    expect(await checkPicture(picture)).toMatchObject(size);
    expect(await sharp(await read(checkPicture(picture))).metadata()).toMatchObject({
      format: 'png',
      ...size,
    });
  });

  test('that lies on its side is turned as its camera meant it', async () => {
    const turned = await noise().jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await checkPicture(turned)).toMatchObject({ width: size.height, height: size.width });
  });

  test.each(['png', 'jpeg', 'webp'] as const)('that is a %s cut in half is refused', async (format) => {
    const whole = await noise().toFormat(format).toBuffer();
    const message = await refusal(checkPicture(whole.subarray(0, whole.length / 2)));
    expect(message).toMatch(/^the (PNG|JPEG|WebP) does not decode: .+ \([\d,]+ bytes\)$/);
  });

  test.each(['png', 'jpeg', 'webp'] as const)(
    'of more pixels than any model makes is refused (%s)',
    async (format) => {
      const bomb = sharp({ create: { width: 6_400, height: 6_400, channels: 3, background: '#000' } });
      expect(await refusal(checkPicture(await bomb.toFormat(format).toBuffer()))).toMatch(
        /^the (PNG|JPEG|WebP) has over 40 million pixels \(/,
      );
    },
    60_000,
  );

  test('whose header alone claims a hundred million pixels is refused', async () => {
    const png = await noise().png().toBuffer();
    png.writeUInt32BE(10_000, 16);
    png.writeUInt32BE(10_000, 20);
    expect(await refusal(checkPicture(png))).toMatch(/^the PNG has over 40 million pixels/);
  });

  test('that moves is kept as its first picture', async () => {
    const frames = await Promise.all([noise().png().toBuffer(), noise().png().toBuffer()]);
    const moving = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    expect((await sharp(moving).metadata()).pages).toBe(2);
    expect(await checkPicture(moving)).toMatchObject(size);
  });

  test.each([
    ['<!DOCTYPE html><title>502</title>', 'the file is HTML, not a picture (33 bytes)'],
    ['{"detail":"gone"}', 'the file is JSON, not a picture (17 bytes)'],
    ['<?xml version="1.0"?><Error/>', 'the file is XML, not a picture (29 bytes)'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'the file is SVG, not a picture (41 bytes)'],
    ['Not found', 'the file is text, not a picture (9 bytes)'],
    ['', 'the file is empty, not a picture (0 bytes)'],
    ['GIF89a', 'the file is GIF, not a picture (6 bytes)'],
    ['\u0001\u0002\u0003\u0004\u0005', 'the file is of an unknown kind, not a picture (5 bytes)'],
  ])('that is %j is refused by its kind', async (text, message) => {
    expect(await refusal(checkPicture(Buffer.from(text)))).toBe(message);
  });

  test('over 50 MB is refused', async () => {
    const message = await refusal(checkPicture(new Uint8Array(50 * 1024 ** 2 + 1)));
    expect(message).toBe('the picture is larger than 50 MB (52,428,801 bytes)');
  });
});

describe('a clip', () => {
  let clip: Buffer;
  beforeAll(async () => {
    clip = await film(12, 6);
  });

  test('that is an MP4 tells its size and length', async () => {
    const { seconds, ...frame } = await checkClip(clip);
    expect(frame).toEqual(size);
    expect(seconds).toBeCloseTo(2, 1);
  });

  test('that is cut off is refused', async () => {
    for (const part of [0.3, 0.5]) {
      const message = await refusal(checkClip(clip.subarray(0, clip.length * part)));
      expect(message).toMatch(/^the MP4 is cut off in its mdat box \([\d,]+ bytes\)$/);
    }
  });

  test('whose index stands in front and whose end is missing is refused', async () => {
    const front = await indexInFront(clip);
    expect(await checkClip(front)).toMatchObject(size);
    const message = await refusal(checkClip(front.subarray(0, front.length - 200)));
    expect(message).toMatch(/^the MP4 is cut off in its mdat box /);
  });

  test('without frames is refused', async () => {
    const boxes = [box('ftyp', Buffer.from('isom\0\0\0\0')), box('moov', Buffer.alloc(0))];
    expect(await refusal(checkClip(Buffer.concat(boxes)))).toMatch(
      /^the MP4 (has no video track|does not decode)/,
    );
  });

  test('that is something else is refused by its kind', async () => {
    expect(await refusal(checkClip(await noise().png().toBuffer()))).toMatch(
      /^the file is PNG, not an MP4 clip \(/,
    );
    expect(await refusal(checkClip(Buffer.from('<html>')))).toBe(
      'the file is HTML, not an MP4 clip (6 bytes)',
    );
    expect(await refusal(checkClip(Buffer.from('\0\0\0\x18ftypisom')))).toMatch(
      'the MP4 is cut off in its ftyp box (12 bytes)',
    );
  });
});

async function film(frames: number, frameRate: number): Promise<Buffer> {
  const require = createRequire(import.meta.url);
  const { createH264MP4Encoder } = require('h264-mp4-encoder') as { createH264MP4Encoder: typeof Create };
  const encoder = await createH264MP4Encoder();
  try {
    Object.assign(encoder, { ...size, frameRate });
    encoder.initialize();
    for (let at = 0; at < frames; at += 1) encoder.addFrameRgba(await noise().ensureAlpha().raw().toBuffer());
    encoder.finalize();
    return Buffer.from(encoder.FS.readFile(encoder.outputFilename));
  } finally {
    encoder.delete();
  }
}

/** The same clip as providers serve it, with the index before the frames. */
async function indexInFront(mp4: Buffer): Promise<Buffer> {
  const { ALL_FORMATS, BufferSource, BufferTarget, Conversion, Input, Mp4OutputFormat, Output } =
    await import('mediabunny');
  const target = new BufferTarget();
  const output = new Output({ target, format: new Mp4OutputFormat({ fastStart: 'in-memory' }) });
  const input = new Input({ source: new BufferSource(mp4), formats: ALL_FORMATS });
  const conversion = await Conversion.init({ input, output });
  await conversion.execute();
  return Buffer.from(target.buffer!);
}
