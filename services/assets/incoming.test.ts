import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { smallDisk } from '../../test/full-disk.js';
import { tempFolder } from '../testing/temp-folder.js';
import { FileChecker } from './checker.js';
import { FileAssets } from './files.js';
import { Incoming } from './incoming.js';
import { Intake } from './intake.js';
import { clipOf } from './testing/boxes.js';

const ASSET = 'UpkTZ26nc9Eb_video.mp4';
const clip = clipOf();
const root = tempFolder();

let count = 0;
let folder: string;
let assets: FileAssets;
const sharedChecker = new FileChecker();
beforeEach(() => {
  count += 1;
  folder = join(root, `incoming-${count}`);
  assets = new FileAssets(join(root, `assets-${count}`));
});
type Fetch = Parameters<Incoming['receive']>[1];
const brings =
  (bytes: Uint8Array): Fetch =>
  async (write) => {
    await write(bytes.subarray(0, 1_000));
    await write(bytes.subarray(1_000));
  };
interface Taking {
  readonly tries?: number;
  readonly asset?: string;
  readonly checker?: FileChecker;
  readonly told?: number[];
}
/** Takes a file in. @returns the tries that were told meanwhile */
async function take(fetch: Fetch = brings(clip), taking: Taking = {}): Promise<number[]> {
  const { tries = 0, asset = ASSET, checker = sharedChecker, told = [] } = taking;
  const onTry = (now: number) => void told.push(now);
  const order = { asset, kind: 'clip', provenance: null, tries, onTry } as const;
  await new Intake({ folder, assets, checker }).take(order, fetch);
  return told;
}
/** Leaves what a process leaves that was killed while it handled a file. */
async function killedAtTry(tries: number, asset = ASSET): Promise<void> {
  const incoming = new Incoming(folder);
  await incoming.markTry(await incoming.receive(asset, brings(clip)), tries);
}
const lying = (): Promise<string[]> => readdir(folder);

describe('a file that is taken in', () => {
  it('is kept byte for byte, and nothing is left of it on the way', async () => {
    expect(await take()).toEqual([1, 0]);
    expect(Buffer.from(await assets.read(ASSET)).equals(clip)).toBe(true);
    expect(await lying()).toEqual([]);
  });

  it('takes what a killed process had fetched of it along', async () => {
    await new Incoming(folder).receive(ASSET, brings(clip));
    await take();
    expect(await lying()).toEqual([]);
  });

  it('is not kept when it is refused or never came, and leaves nothing either', async () => {
    await expect(take(brings(clip.subarray(0, 2_000)))).rejects.toMatchObject({ name: 'AssetRefused' });
    await expect(take(() => Promise.reject(new Error('cut')))).rejects.toThrow('cut');
    expect(await assets.size(ASSET)).toBeNull();
    expect(await lying()).toEqual([]);
  });

  it('has a name that is an asset', async () => {
    await expect(take(brings(clip), { asset: '../secret' })).rejects.toThrow(/asset name/);
  });
});

describe('a file that has ended its process', () => {
  const message = expect.stringMatching(/ended its process twice/) as string;
  const ended = { name: 'AssetRefused', final: true, message };
  const never: Fetch = () => expect.fail('fetched');

  it('once is tried again', async () => {
    await killedAtTry(1);
    expect(await take()).toEqual([2, 0]);
    expect(await lying()).toEqual([]);
    expect(await take(), 'what went well is forgotten').toEqual([1, 0]);
  });

  it('twice is refused without being fetched, and is tried once more when asked for again', async () => {
    await killedAtTry(1);
    await killedAtTry(2);
    expect(await lying()).toHaveLength(1);
    await expect(take(never)).rejects.toMatchObject(ended);
    await killedAtTry(2);
    await expect(take(never)).rejects.toMatchObject(ended);
    const [note = ''] = await lying();
    expect((await readFile(join(folder, note))).length, 'the file itself is gone').toBe(0);
    expect(await take()).toEqual([2, 0]);
  });

  it('twice by what was heard elsewhere is refused too, and the larger count holds', async () => {
    await expect(take(never, { tries: 2 })).rejects.toMatchObject(ended);
    expect(await take()).toEqual([2, 0]);
    expect(await take(brings(clip), { tries: 1 })).toEqual([2, 0]);
  });

  it('does not count against another asset', async () => {
    await killedAtTry(2, 'UpkTZ26nc9Eb_hero.png');
    await killedAtTry(2, 'UpkTZ26nc9Eb_video_2.mp4');
    expect(await take()).toEqual([1, 0]);
    expect(await lying()).toHaveLength(2);
  });
});

it('a file that waits for its turn has not been tried when another one ends the process', async () => {
  const checker = new FileChecker();
  const told: number[] = [];
  let release: () => void = () => undefined;
  const held = new Promise<string>((resolve) => (release = () => resolve(join(root, 'none'))));
  const first = checker.check('clip', () => held).catch(() => undefined);
  const taken = take(brings(clip), { checker, told });
  await expect.poll(lying).toHaveLength(1);
  expect((await lying())[0]).not.toContain('.try');
  expect(told).toEqual([]);
  release();
  await Promise.all([first, taken]);
  expect(told).toEqual([1, 0]);
});

it('what was left behind is cleared away after an hour, and nothing else is', async () => {
  await mkdir(folder);
  const half = 'UpkTZ26nc9Eb_hero.png.0b0e6d1c-97a6-4e3e-8d9c-3d2f3f6f6f6f';
  const old = [half, `${half}.try2`, `${half}.try2.png`, 'keep.txt'];
  const atWork = half.replace('_hero', '_hero_2');
  for (const file of [...old, atWork]) await writeFile(join(folder, file), 'bytes');
  const then = new Date(Date.now() - 3_700_000);
  for (const file of old) await utimes(join(folder, file), then, then);
  await take();
  expect((await lying()).sort()).toEqual([atWork, 'keep.txt'].sort());
});

it('a full disk is no fault of the file', async () => {
  const disk = smallDisk(4);
  onTestFinished(() => disk.remove());
  disk.fill(65_536);
  folder = join(disk.folder, 'incoming');
  await expect(take(brings(Buffer.concat([clip, Buffer.alloc(1_000_000)])))).rejects.toMatchObject({
    name: 'AssetNotStored',
    message: `asset ${ASSET} could not be stored: the disk of ${folder} is full; free some space there`,
  });
  expect(await lying()).toEqual([]);
});
