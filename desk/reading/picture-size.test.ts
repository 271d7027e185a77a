import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { plainPicture } from '../testing/pictures.js';
import { measurePictures, pngSize } from './picture-size.js';

const NAME = 'PublicPost01_hero.png';

/** A store of one picture, which counts how often it is read. */
function storeOf(bytes: Buffer | null) {
  const store = {
    reads: 0,
    async open(_name: string, range?: { start: number; end: number }) {
      store.reads += 1;
      if (bytes === null) return null;
      const part = bytes.subarray(range?.start, range && range.end + 1);
      return { size: bytes.length, stream: Readable.from([part.subarray(0, 10), part.subarray(10)]) };
    },
  };
  return store;
}

it('tells the size of a picture from its header, which it reads once', async () => {
  const store = storeOf(await plainPicture(640, 360));
  const measure = measurePictures(store);
  for (let time = 0; time < 2; time += 1) expect(await measure(NAME)).toEqual({ width: 640, height: 360 });
  expect(store.reads).toBe(1);
});

it('has no size for what is not there, is no PNG, or can not be read', async () => {
  const broken = { open: () => Promise.reject(new Error('away')) };
  for (const store of [storeOf(null), storeOf(Buffer.from([1, 2, 3])), broken])
    expect(await measurePictures(store)(NAME)).toBeNull();
  const header = await plainPicture(1, 1);
  header.writeUInt32BE(0, 16);
  expect(pngSize(header.subarray(0, 24))).toBeNull();
});
