import { createRequire } from 'node:module';
import type { createH264MP4Encoder as Create, H264MP4Encoder } from 'h264-mp4-encoder';
import sharp from 'sharp';
import type { Size } from './shape.js';
import { even } from './shape.js';

const require = createRequire(import.meta.url);

const FRAMES_PER_SECOND = 12;
const LONGEST = 640;
/** How far the picture is drawn larger than the frame, so that the zoom has somewhere to go. */
const MARGIN = 1.2;

/** What is filmed. */
export interface Film {
  readonly picture: Uint8Array;
  /** Asked for; a clip is drawn smaller. */
  readonly size: Size;
  readonly seconds: number;
}

/**
 * Films a slow zoom into a picture as an H.264 MP4 without sound, `seconds` long. Small and slow-moving on purpose: each
 * frame holds the event loop for about 20 ms, and others get their turn between frames.
 */
export async function filmZoom({ picture, size, seconds }: Film): Promise<Uint8Array> {
  const frame = frameSize(size);
  const wide = { width: even(frame.width * MARGIN), height: even(frame.height * MARGIN) };
  const base = await sharp(picture)
    .resize(wide.width, wide.height, { fit: 'cover' })
    .removeAlpha()
    .raw()
    .toBuffer();
  const encoder = await newEncoder();
  try {
    Object.assign(encoder, { ...frame, frameRate: FRAMES_PER_SECOND, quantizationParameter: 28, speed: 8 });
    encoder.initialize();
    const frames = Math.round(seconds * FRAMES_PER_SECOND);
    for (let at = 0; at < frames; at += 1) {
      const share = 1 - (at / frames) * (1 - 1 / MARGIN);
      encoder.addFrameRgba(await zoomed(base, wide, frame, share));
      await new Promise((resolve) => setImmediate(resolve));
    }
    encoder.finalize();
    return Uint8Array.from(encoder.FS.readFile(encoder.outputFilename));
  } finally {
    encoder.delete();
  }
}

function frameSize({ width, height }: Size): Size {
  const scale = LONGEST / Math.max(width, height);
  return { width: even(width * scale), height: even(height * scale) };
}

function zoomed(base: Buffer, wide: Size, frame: Size, share: number): Promise<Buffer> {
  const width = Math.round(wide.width * share);
  const height = Math.round(wide.height * share);
  return sharp(base, { raw: { ...wide, channels: 3 } })
    .extract({
      left: Math.floor((wide.width - width) / 2),
      top: Math.floor((wide.height - height) / 2),
      width,
      height,
    })
    .resize(frame.width, frame.height, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer();
}

/**
 * The encoder's loader hangs its own handlers on the process for uncaught errors and rejections, which would turn every
 * stray rejection of the host into an abort of the encoder. They are taken off again in the same turn.
 */
function newEncoder(): Promise<H264MP4Encoder> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = new Map(events.map((event) => [event, process.rawListeners(event)]));
  const { createH264MP4Encoder } = require('h264-mp4-encoder') as { createH264MP4Encoder: typeof Create };
  const encoder = createH264MP4Encoder();
  for (const event of events) {
    for (const listener of process.rawListeners(event)) {
      if (!before.get(event)?.includes(listener)) process.off(event, listener as () => void);
    }
  }
  return encoder;
}
