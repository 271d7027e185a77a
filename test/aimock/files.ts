import sharp from 'sharp';
import { encodedMp4 } from '../../offline/fal/clip.js';

const SIZE = { width: 64, height: 112 };

/** A small picture of one colour, as a PNG. */
export const makePicture = (): Promise<Buffer> =>
  sharp({ create: { ...SIZE, channels: 3, background: '#1f3a5f' } })
    .png()
    .toBuffer();

/** Half a second of that picture getting lighter, as an MP4 of H.264. */
export const makeClip = (): Promise<Uint8Array> =>
  encodedMp4({ ...SIZE, frameRate: 12, count: 6 }, (frame) =>
    Promise.resolve(new Uint8Array(SIZE.width * SIZE.height * 4).fill(40 * frame)),
  );
