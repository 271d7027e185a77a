import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeClip } from '../../test/aimock/front.js';
import { tempFiles } from '../testing/temp-folder.js';
import { checkClip as checkClipFile, checkPicture as checkPictureFile } from './check.js';
import { AssetRefused } from './assets.js';
import { box, clipOf } from './testing/boxes.js';
import { noise as noiseOf } from './testing/noise.js';

const stored = tempFiles();
const checkClip = async (bytes: Uint8Array) => checkClipFile(await stored(bytes));
const checkPicture = async (bytes: Uint8Array) => checkPictureFile(await stored(bytes));

const size = { width: 64, height: 48 };
const noise = () => noiseOf(size.width, size.height);
const KINDS = ['png', 'jpeg', 'webp'] as const;

const refusal = (checked: Promise<unknown>): Promise<unknown> =>
  checked.then(
    () => 'accepted',
    (error: unknown) => (error instanceof AssetRefused ? error.message : error),
  );

describe('a picture', () => {
  test('that is a PNG is given back byte for byte', async () => {
    const png = await noise().png().toBuffer();
    const { path, ...shown } = await checkPicture(png);
    expect(shown).toEqual(size);
    expect((await readFile(path)).equals(png)).toBe(true);
  });

  test.each(['jpeg', 'webp'] as const)('that is a %s becomes a PNG', async (format) => {
    const { path, ...shown } = await checkPicture(await noise().toFormat(format).toBuffer());
    expect(shown).toEqual(size);
    expect(await sharp(path).metadata()).toMatchObject({ format: 'png', ...size });
  });

  test('that lies on its side is turned as its camera meant it', async () => {
    for (const kind of KINDS) {
      const turned = await noise().toFormat(kind).withMetadata({ orientation: 6 }).toBuffer();
      const { path, ...shown } = await checkPicture(turned);
      expect(shown).toEqual({ width: size.height, height: size.width });
      expect(await sharp(path).metadata()).toMatchObject(shown);
    }
  });

  test.each(KINDS)('that is a %s cut in half is refused', async (format) => {
    const whole = await noise().toFormat(format).toBuffer();
    const message = await refusal(checkPicture(whole.subarray(0, whole.length / 2)));
    expect(message).toMatch(/^the (PNG|JPEG|WebP) does not decode: .+ \([\d,]+ bytes\)$/);
  });

  test.each(KINDS)('of more pixels than any model makes is refused (%s)', async (format) => {
    const bomb = sharp({ create: { width: 6_400, height: 6_400, channels: 3, background: '#000' } });
    const message = await refusal(checkPicture(await bomb.toFormat(format).toBuffer()));
    expect(message).toMatch(/^the (PNG|JPEG|WebP) has over 40 million pixels \(/);
  });

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
  let clip: Uint8Array;
  beforeAll(async () => {
    clip = await makeClip();
  });

  test('that is an MP4 tells its size and length, with its index at either end', async () => {
    const { seconds, ...frame } = await checkClip(clip);
    expect(frame).toEqual({ width: 64, height: 112 });
    expect(seconds).toBeCloseTo(0.5, 1);
    expect(await checkClip(clipOf())).toEqual({ ...size, seconds: 1 });
  });

  test.each([
    ['within its frames', () => clip.subarray(0, clip.length * 0.3), 'mdat'],
    ['within the index behind them', () => clip.subarray(0, clip.length * 0.5), 'moov'],
    ['within its frames, behind the index', () => clipOf().subarray(0, -200), 'mdat'],
  ])('that is cut off %s is refused', async (_where, part, name) => {
    const message = await refusal(checkClip(part()));
    expect(message).toMatch(new RegExp(`^the MP4 is cut off in its ${name} box \\([\\d,]+ bytes\\)$`));
  });

  test('without frames is refused', async () => {
    const boxes = [box('ftyp', Buffer.from('isom\0\0\0\0')), box('moov', Buffer.alloc(0))];
    const message = await refusal(checkClip(Buffer.concat(boxes)));
    expect(message).toMatch(/^the MP4 (has no video track|does not decode)/);
  });

  test.each([
    ['\x89PNG\r\n\x1a\n', 'the file is PNG, not an MP4 clip (8 bytes)'],
    ['<html>', 'the file is HTML, not an MP4 clip (6 bytes)'],
    ['\0\0\0\x18ftypisom', 'the MP4 is cut off in its ftyp box (12 bytes)'],
  ])('that is something else is refused by its kind: %j', async (bytes, message) => {
    expect(await refusal(checkClip(Buffer.from(bytes, 'latin1')))).toBe(message);
  });
});
