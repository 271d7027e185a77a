import { randomBytes, randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { assetName, newId } from '../../contract/ids.js';
import type { AssetStore } from './assets.js';

/** What every asset store promises. */
export function assetsContract(name: string, store: AssetStore): void {
  const newName = (): string => assetName(newId(randomInt), 'hero', 1);

  describe(`assets in ${name}`, () => {
    test('gives back the bytes that were put', async () => {
      const asset = newName();
      const bytes = randomBytes(300_000);
      expect(await store.put(asset, bytes)).toEqual({ name: asset, size: 300_000 });
      expect(Buffer.from(await store.read(asset)).equals(bytes)).toBe(true);
      expect(await store.size(asset)).toBe(300_000);
    });

    test('takes a file, which stays where it is', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'copydesk-asset-'));
      try {
        const [asset, path, bytes] = [newName(), join(folder, 'file'), randomBytes(300_000)];
        await writeFile(path, bytes);
        expect(await store.putFile(asset, path)).toEqual({ name: asset, size: 300_000 });
        expect(await store.putFile(asset, path), 'again').toEqual({ name: asset, size: 300_000 });
        expect(Buffer.from(await store.read(asset)).equals(bytes)).toBe(true);
        expect((await readFile(path)).equals(bytes)).toBe(true);
        await expect(store.putFile('../secret', path)).rejects.toThrow(/asset name/);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });

    test('streams the whole, or a range with both ends included', async () => {
      const asset = newName();
      const bytes = randomBytes(200_000);
      await store.put(asset, bytes);
      const whole = await store.open(asset);
      expect(whole!.size).toBe(200_000);
      expect((await buffer(whole!.stream)).equals(bytes)).toBe(true);
      const part = await store.open(asset, { start: 70_000, end: 149_999 });
      expect(part!.size, 'the size of the asset, not of the part').toBe(200_000);
      expect((await buffer(part!.stream)).equals(bytes.subarray(70_000, 150_000))).toBe(true);
      const one = await store.open(asset, { start: 199_999, end: 199_999 });
      expect((await buffer(one!.stream)).equals(bytes.subarray(199_999))).toBe(true);
      const over = await store.open(asset, { start: 199_990, end: 999_999 });
      expect((await buffer(over!.stream)).equals(bytes.subarray(199_990)), 'ends with the asset').toBe(true);
    });

    test('the same name may be put again, also at the same moment', async () => {
      const asset = newName();
      const bytes = randomBytes(50_000);
      await Promise.all(Array.from({ length: 8 }, () => store.put(asset, bytes)));
      expect(Buffer.from(await store.read(asset)).equals(bytes)).toBe(true);
    });

    test('what is removed is gone, and may be removed again', async () => {
      const [asset, other] = [newName(), newName()];
      await store.put(asset, randomBytes(10));
      await store.put(other, randomBytes(10));
      await store.remove(asset);
      await store.remove(asset);
      expect(await store.size(asset)).toBeNull();
      expect(await store.size(other), 'another asset stays').toBe(10);
      await store.put(asset, randomBytes(20));
      expect(await store.size(asset)).toBe(20);
    });

    test('what is not there is missing', async () => {
      const asset = newName();
      expect(await store.open(asset)).toBeNull();
      expect(await store.size(asset)).toBeNull();
      await expect(store.read(asset)).rejects.toMatchObject({
        name: 'AssetMissing',
        message: `No such asset: ${asset}`,
      });
    });

    test.each([
      '../secret',
      'UpkTZ26nc9Eb_hero.png/..',
      'UpkTZ26nc9Eb_hero.svg',
      '',
      '.',
      'UpkTZ26nc9Eb_hero.png\u0000',
    ])('a name that is no asset (%j) is refused to write and never looked for', async (asset) => {
      await expect(store.put(asset, randomBytes(1))).rejects.toThrow(/asset name/);
      await expect(store.read(asset)).rejects.toMatchObject({ name: 'AssetMissing' });
      expect(await store.open(asset)).toBeNull();
      expect(await store.size(asset)).toBeNull();
      await store.remove(asset);
    });
  });
}
