import { createRequire } from 'node:module';
import type { createH264MP4Encoder as Create } from 'h264-mp4-encoder';
import sharp from 'sharp';

const require = createRequire(import.meta.url);
const SIZE = { width: 64, height: 112 };
const FRAMES = 6;

/** A small picture of one colour, as a PNG. */
export const makePicture = (): Promise<Buffer> =>
  sharp({ create: { ...SIZE, channels: 3, background: '#1f3a5f' } })
    .png()
    .toBuffer();

/** Half a second of that picture getting lighter, as an MP4 of H.264. */
export async function makeClip(): Promise<Uint8Array> {
  const { createH264MP4Encoder } = requireQuietly();
  const encoder = await createH264MP4Encoder();
  Object.assign(encoder, { ...SIZE, frameRate: 12 });
  encoder.initialize();
  for (let frame = 0; frame < FRAMES; frame += 1) {
    encoder.addFrameRgba(new Uint8Array(SIZE.width * SIZE.height * 4).fill(40 * frame));
  }
  encoder.finalize();
  const clip = Uint8Array.from(encoder.FS.readFile(encoder.outputFilename));
  encoder.delete();
  return clip;
}

/** The encoder's loader hangs handlers for stray errors on the process that is not its own; they are taken off again. */
function requireQuietly(): { createH264MP4Encoder: typeof Create } {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => process.rawListeners(event));
  const loaded = require('h264-mp4-encoder') as { createH264MP4Encoder: typeof Create };
  for (const [at, event] of events.entries()) {
    for (const listener of process.rawListeners(event)) {
      if (!before[at]?.includes(listener)) process.off(event, listener as () => void);
    }
  }
  return loaded;
}
