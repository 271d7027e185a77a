import { expect, it } from 'vitest';
import { createSmallPictures } from './small-pictures.js';

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
