import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { smallDisk } from '../../test/full-disk.js';
import { until } from '../../test/until.js';
import { tempFolder } from '../testing/temp-folder.js';
import { assetsContract } from './assets.contract.js';
import { FileAssets } from './files.js';

const root = tempFolder();
const HERO = 'UpkTZ26nc9Eb_hero.png';
const HERO_2 = 'UpkTZ26nc9Eb_hero_2.png';
const CLIP = 'UpkTZ26nc9Eb_video.mp4';
/** A file that is being written is hidden, with a random part of its own. */
const writing = (asset: string): string => `.${asset}.0b0e6d1c-97a6-4e3e-8d9c-3d2f3f6f6f6f`;

assetsContract('files', new FileAssets(join(root, 'made', 'when', 'needed')));

test('a write that fails leaves nothing half behind', async () => {
  const folder = join(root, 'failing');
  // A folder in the asset's place is what a rename can't replace.
  await mkdir(join(folder, HERO, 'x'), { recursive: true });
  await expect(new FileAssets(folder).put(HERO, Buffer.from('bytes'))).rejects.toThrow();
  expect(await readdir(folder)).toEqual([HERO]);
});

test('only whole assets lie in the folder', async () => {
  const folder = join(root, 'whole');
  const store = new FileAssets(folder);
  for (const name of [HERO, HERO_2]) await store.put(name, Buffer.from(name));
  expect(await readdir(folder)).toEqual([HERO, HERO_2]);
});

test('a writer that was killed leaves no asset, and what it left is gone with the next write of that asset', async () => {
  const folder = join(root, 'killed');
  const hidden = async () => (await readdir(folder)).filter((file) => file.startsWith('.'));
  const script = fileURLToPath(new URL('testing/write-forever.ts', import.meta.url));
  await mkdir(folder);
  const writer = spawn(process.execPath, ['--import', 'tsx', script, folder, CLIP], { stdio: 'ignore' });
  const ended = once(writer, 'exit');
  try {
    await until(hidden, (files) => files.length > 0, 1);
  } finally {
    writer.kill('SIGKILL');
    await ended;
  }
  const store = new FileAssets(folder);
  expect([null, 64 * 1_048_576], 'whole or not at all').toContain(await store.size(CLIP));
  await writeFile(join(folder, writing(CLIP)), 'half');
  await store.put(HERO, Buffer.from('another'));
  expect(await hidden(), 'may be at work').not.toEqual([]);
  await store.put(CLIP, Buffer.from('whole'));
  expect((await readdir(folder)).sort()).toEqual([HERO, CLIP]);
});

test('what a killed writer left is cleared away after an hour, and nothing else is', async () => {
  const folder = join(root, 'sweep');
  await mkdir(folder);
  const [abandoned, atWork, notOurs] = [writing(HERO), writing(CLIP), '.keep'];
  for (const file of [abandoned, atWork, notOurs, HERO]) await writeFile(join(folder, file), 'bytes');
  const old = new Date(Date.now() - 3_700_000);
  for (const file of [abandoned, notOurs, HERO]) await utimes(join(folder, file), old, old);
  await new FileAssets(folder).put(HERO_2, Buffer.from('new'));
  expect((await readdir(folder)).sort()).toEqual([atWork, notOurs, HERO, HERO_2].sort());
});

test('a full disk is one line with the folder and the remedy, leaves nothing half, and is over when there is room', async () => {
  const disk = smallDisk(4);
  onTestFinished(() => disk.remove());
  const folder = join(disk.folder, 'assets');
  const store = new FileAssets(folder);
  await store.put(HERO, Buffer.alloc(100_000, 'a'));
  disk.fill(65_536);
  await expect(store.put(HERO_2, Buffer.alloc(1_000_000, 'b'))).rejects.toMatchObject({
    name: 'AssetNotStored',
    message: `asset ${HERO_2} could not be stored: the disk of ${folder} is full; free some space there`,
  });
  expect(await readdir(folder)).toEqual([HERO]);
  expect(await store.size(HERO), 'what was there stays').toBe(100_000);
  disk.free();
  await store.put(HERO_2, Buffer.alloc(1_000_000, 'b'));
  expect(await store.size(HERO_2)).toBe(1_000_000);
});
