import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { plainPicture } from '../testing/use-desk.js';
import { measurePictures, pngSize, createSmallPictures } from './pictures.js';

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

const bytes = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length);

/** A maker whose pictures are ready when the test says so. */
function slowMaker() {
  const made: { width: number; ready: (picture: Uint8Array<ArrayBuffer>) => void; fail: () => void }[] = [];
  const make = (_bytes: Uint8Array, width: number) =>
    new Promise<Uint8Array<ArrayBuffer>>((ready, reject) =>
      made.push({ width, ready, fail: () => reject(new Error('no picture')) }),
    );
  return { made, make };
}
const assets = { read: async () => bytes(1) };
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};
const lengths = async (asked: Promise<Uint8Array | null>[]) =>
  (await Promise.all(asked)).map((picture) => picture?.length);

it('makes each once, also for those who ask meanwhile, and keeps it', async () => {
  const { made, make } = slowMaker();
  const pictures = createSmallPictures({ assets, make });
  const asked = [pictures.find('a.png', 240), pictures.find('a.png', 240)];
  await turns();
  expect(made).toHaveLength(1);
  made[0]?.ready(bytes(7));
  expect(await lengths([...asked, pictures.find('a.png', 240)])).toEqual([7, 7, 7]);
  void pictures.find('a.png', 480);
  await turns();
  expect(made.map(({ width }) => width)).toEqual([240, 480]);
});

it('makes a few at once, lets some wait, and turns the rest away', async () => {
  const { made, make } = slowMaker();
  const pictures = createSmallPictures({ assets, make, mostAtWork: 2, mostWaiting: 1 });
  const asked = ['a', 'b', 'c', 'd'].map((asset) => pictures.find(asset, 240));
  expect(await asked[3]).toBeNull();
  await turns();
  expect(made).toHaveLength(2);
  made[0]?.fail();
  expect(await asked[0]).toBeNull();
  await turns();
  expect(made).toHaveLength(3);
  for (const each of made.slice(1)) each.ready(bytes(1));
  expect(await lengths(asked.slice(1, 3))).toEqual([1, 1]);
  // Whoever failed may be asked for again, and there is room for it.
  void pictures.find('a', 240);
  await turns();
  expect(made).toHaveLength(4);
});

it('keeps no more than it may, and lets go of what was not asked for longest', async () => {
  let made = 0;
  const make = async () => {
    made += 1;
    return bytes(40);
  };
  const pictures = createSmallPictures({ assets, make, mostBytes: 100 });
  for (const asset of ['a', 'b', 'a', 'c', 'a']) await pictures.find(asset, 240);
  expect(made).toBe(3);
  await pictures.find('b', 240);
  expect(made).toBe(4);
});

it('has none of a file that is not there', async () => {
  const read = () => Promise.reject(new Error('No such asset'));
  const pictures = createSmallPictures({ assets: { read }, make: async () => bytes(1) });
  expect(await pictures.find('a', 240)).toBeNull();
});
