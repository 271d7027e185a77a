import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { smallDisk } from '../../test/full-disk.js';
import { until } from '../../test/until.js';
import { assetsContract } from './assets.contract.js';
import { FileAssets } from './files.js';

const root = mkdtempSync(join(tmpdir(), 'copydesk-assets-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

assetsContract('files', new FileAssets(join(root, 'made', 'when', 'needed')));

test('a write that fails leaves nothing half behind', async () => {
  const folder = join(root, 'failing');
  // A folder in the asset's place is what a rename can't replace.
  await mkdir(join(folder, 'UpkTZ26nc9Eb_hero.png', 'x'), { recursive: true });
  await expect(new FileAssets(folder).put('UpkTZ26nc9Eb_hero.png', Buffer.from('bytes'))).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['UpkTZ26nc9Eb_hero.png']);
});

test('only whole assets lie in the folder', async () => {
  const folder = join(root, 'whole');
  const store = new FileAssets(folder);
  await store.put('UpkTZ26nc9Eb_hero.png', Buffer.from('first'));
  await store.put('UpkTZ26nc9Eb_hero_2.png', Buffer.from('second'));
  expect(await readdir(folder)).toEqual(['UpkTZ26nc9Eb_hero.png', 'UpkTZ26nc9Eb_hero_2.png']);
});

test('a writer that was killed leaves no asset, and what it left is gone with the next write of that asset', async () => {
  const folder = join(root, 'killed');
  const asset = 'UpkTZ26nc9Eb_video.mp4';
  const script = fileURLToPath(new URL('testing/write-forever.ts', import.meta.url));
  await mkdir(folder);
  const writer = spawn(process.execPath, ['--import', 'tsx', script, folder, asset], { stdio: 'ignore' });
  const ended = once(writer, 'exit');
  try {
    await until(
      () => readdir(folder),
      (files) => files.some((file) => file.startsWith('.')),
      1,
    );
  } finally {
    writer.kill('SIGKILL');
    await ended;
  }
  const size = await new FileAssets(folder).size(asset);
  expect([null, 64 * 1_048_576], 'whole or not at all').toContain(size);
  await writeFile(join(folder, `.${asset}.0b0e6d1c-97a6-4e3e-8d9c-3d2f3f6f6f6f`), 'half');
  await new FileAssets(folder).put('UpkTZ26nc9Eb_hero.png', Buffer.from('another'));
  expect(
    (await readdir(folder)).filter((file) => file.startsWith('.')),
    'may be at work',
  ).not.toEqual([]);
  await new FileAssets(folder).put(asset, Buffer.from('whole'));
  expect((await readdir(folder)).sort()).toEqual(['UpkTZ26nc9Eb_hero.png', asset]);
}, 60_000);

test('what a killed writer left is cleared away after an hour, and nothing else is', async () => {
  const folder = join(root, 'sweep');
  await mkdir(folder);
  const old = new Date(Date.now() - 3_700_000);
  const files = {
    abandoned: '.UpkTZ26nc9Eb_hero.png.0b0e6d1c-97a6-4e3e-8d9c-3d2f3f6f6f6f',
    atWork: '.UpkTZ26nc9Eb_video.mp4.0b0e6d1c-97a6-4e3e-8d9c-3d2f3f6f6f6f',
    notOurs: '.keep',
    asset: 'UpkTZ26nc9Eb_hero.png',
  };
  for (const file of Object.values(files)) await writeFile(join(folder, file), 'bytes');
  for (const file of [files.abandoned, files.notOurs, files.asset])
    await utimes(join(folder, file), old, old);
  await new FileAssets(folder).put('UpkTZ26nc9Eb_hero_2.png', Buffer.from('new'));
  expect((await readdir(folder)).sort()).toEqual(
    [files.atWork, files.notOurs, files.asset, 'UpkTZ26nc9Eb_hero_2.png'].sort(),
  );
});

test('a full disk is one line with the folder and the remedy, leaves nothing half, and is over when there is room', async () => {
  const disk = smallDisk(4);
  try {
    const store = new FileAssets(join(disk.folder, 'assets'));
    await store.put('UpkTZ26nc9Eb_hero.png', Buffer.alloc(100_000, 'a'));
    disk.fill(65_536);
    await expect(store.put('UpkTZ26nc9Eb_hero_2.png', Buffer.alloc(1_000_000, 'b'))).rejects.toMatchObject({
      name: 'AssetNotStored',
      message: `asset UpkTZ26nc9Eb_hero_2.png could not be stored: the disk of ${disk.folder}/assets is full; free some space there`,
    });
    expect(await readdir(join(disk.folder, 'assets'))).toEqual(['UpkTZ26nc9Eb_hero.png']);
    expect(await store.size('UpkTZ26nc9Eb_hero.png'), 'what was there stays').toBe(100_000);
    disk.free();
    await store.put('UpkTZ26nc9Eb_hero_2.png', Buffer.alloc(1_000_000, 'b'));
    expect(await store.size('UpkTZ26nc9Eb_hero_2.png')).toBe(1_000_000);
  } finally {
    disk.remove();
  }
});
