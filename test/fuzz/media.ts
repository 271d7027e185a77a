/** Pictures and clips as a provider may send them. */
import fc from 'fast-check';
import sharp from 'sharp';
import { filmZoom } from '../../offline/fal/clip.js';
import { AssetRefused, checkClip, checkPicture } from '../../services/assets/check.js';
import { mutatedBytes } from './odd.js';
import { inTime, type Target } from './run.js';

/** In ms. A file of a few kilobytes takes a few. */
const TIME = 10_000;

/** Good files of a few kilobytes to change. */
export async function media(): Promise<readonly Target[]> {
  const plain = sharp({ create: { width: 64, height: 48, channels: 3, background: '#1f6f78' } });
  const [png, jpeg, webp] = await Promise.all([
    plain.png().toBuffer(),
    plain.jpeg().toBuffer(),
    plain.webp().toBuffer(),
  ]);
  const clip = await filmZoom(png, { width: 64, height: 48 }, 1);
  return [
    {
      name: 'pictures',
      given: mutatedBytes(png, jpeg, webp),
      runs: 150,
      run: (file: Uint8Array) => refused(() => checkPicture(file)),
    },
    {
      name: 'clips',
      given: mutatedBytes(clip),
      runs: 150,
      run: (file: Uint8Array) => refused(() => checkClip(file)),
    },
    {
      name: 'what is neither',
      given: fc.uint8Array({ maxLength: 200 }),
      runs: 50,
      run: (file: Uint8Array) => refused(() => checkClip(file)),
    },
  ];
}

async function refused(check: () => Promise<unknown>): Promise<void> {
  try {
    await inTime(TIME, check);
  } catch (error) {
    if (!(error instanceof AssetRefused)) throw error;
  }
}
