import sharp from 'sharp';
import { film } from '../../offline/fal/clip.js';
import type { Corpus } from './corpus.js';

const MOST = 0xffff_ffff;

/** The clip with numbers of a box changed, each at its place behind the name of the box, in bytes. */
function changed(clip: Uint8Array, box: string, numbers: Readonly<Record<number, number>>): Buffer {
  const copy = Buffer.from(clip);
  const at = copy.indexOf(box, 0, 'latin1');
  if (at < 0) throw new Error(`the good clip has no ${box}`);
  for (const [place, value] of Object.entries(numbers)) copy.writeUInt32BE(value, at + 4 + Number(place));
  return copy;
}

const header = (size: number, name: string): Buffer => {
  const made = Buffer.from(`....${name}`, 'latin1');
  made.writeUInt32BE(size);
  return made;
};

/** Clips from one of a second. Behind the name of a table stand 4 bytes of version and flags, then its count and its rows. */
export async function clips(): Promise<Corpus<Uint8Array>> {
  const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#1f6f78' } })
    .png()
    .toBuffer();
  const good = await film({ picture, size: { width: 64, height: 48 }, seconds: 1 });
  const boxes = Buffer.concat(Array.from({ length: 20_000 }, (_, n) => header(8 * (20_000 - n), 'trak')));
  return {
    'a clip with endless samples in a chunk': changed(good, 'stsc', { 8: 1, 12: MOST }),
    'a clip with endless rows of chunks': changed(good, 'stsc', { 4: MOST }),
    'a clip with a track of 2^32 by 2^32': changed(good, 'tkhd', { 76: MOST, 80: MOST }),
    'a clip of boxes in boxes': Buffer.concat([
      good.subarray(0, 32),
      header(8 + boxes.length, 'moov'),
      boxes,
    ]),
    'a clip of empty boxes': Buffer.concat([Buffer.from(good), Buffer.alloc(8 * 200_000, header(8, 'free'))]),
    'half a clip': Buffer.from(good.subarray(0, good.length / 2)),
    'a page in the place of a clip': Buffer.from('<!doctype html><script>alert(1)</script>'),
  };
}
