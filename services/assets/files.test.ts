import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
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
