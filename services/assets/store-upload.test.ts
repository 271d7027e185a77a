import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { failure } from '../testing/failure.js';
import { tempFolder } from '../testing/temp-folder.js';
import { FileAssets } from './files.js';
import { Intake } from './intake.js';
import { readXmp } from './testing/read-xmp.js';
import { createStoreUpload } from './store-upload.js';

const POST = 'UpkTZ26nc9Eb';
const folder = tempFolder();
const assets = new FileAssets(join(folder, 'assets'));
const intake = new Intake({ folder: join(folder, 'incoming'), assets });
const storeUpload = createStoreUpload({ assets, intake });
const drawing = (width = 32) => sharp({ create: { width, height: 24, channels: 3, background: '#c40' } });

it.each(['png', 'jpeg', 'webp'] as const)('keeps a %s as a PNG under the next free name', async (kind) => {
  const before = (await readdir(join(folder, 'assets')).catch(() => [])).length;
  const bytes = await drawing().toFormat(kind).toBuffer();
  const { asset } = await storeUpload(POST, [bytes.subarray(0, 40), bytes.subarray(40)]);
  expect(asset).toBe(before === 0 ? `${POST}_hero.png` : `${POST}_hero_${before + 1}.png`);
  const stored = await sharp(await assets.read(asset)).metadata();
  expect(stored).toMatchObject({ format: 'png', width: 32, height: 24 });
  expect(await readXmp(join(folder, 'assets', asset)), 'it is not said to be made by a model').toEqual({});
});

it('gives uploads at the same moment names of their own', async () => {
  const post = 'ManyPosts001';
  const stored = await Promise.all(
    [10, 11, 12].map(async (width) => storeUpload(post, [await drawing(width).png().toBuffer()])),
  );
  const names = stored.map(({ asset }) => asset);
  expect(names.toSorted()).toEqual([`${post}_hero.png`, `${post}_hero_2.png`, `${post}_hero_3.png`]);
  const widths = names.map(async (name) => (await sharp(await assets.read(name)).metadata()).width);
  expect(await Promise.all(widths)).toEqual([10, 11, 12]);
});

it.each<[what: string, bytes: () => Iterable<Uint8Array>, why: RegExp]>([
  ['a page', () => [Buffer.from('<!doctype html><p>Hello')], /the file is HTML, not a picture/],
  ['a script', () => [Buffer.from('<svg><script>1</script></svg>')], /the file is SVG, not a picture/],
  ['nothing', () => [], /the file is empty, not a picture/],
  ['half a picture', () => [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')], /the PNG does not decode/],
  ['too much', () => Array.from({ length: 21 }, () => new Uint8Array(1024 ** 2)), /larger than 20 MB/],
])('refuses %s, and leaves nothing behind', async (_what, bytes, why) => {
  const post = 'NonePosts001';
  const error = await failure(storeUpload(post, bytes()));
  expect(error).toMatchObject({ name: 'AssetRefused', message: expect.stringMatching(why) as string });
  expect(await assets.size(`${post}_hero.png`)).toBeNull();
  expect((await readdir(join(folder, 'incoming'))).filter((name) => name.includes(post))).toEqual([]);
});

it('passes on what breaks off', async () => {
  const broken = (async function* () {
    yield new Uint8Array(10);
    throw new Error('the connection broke off');
  })();
  await expect(storeUpload('NonePosts002', broken)).rejects.toThrow('the connection broke off');
});
