import { createRequire } from 'node:module';
import type { createH264MP4Encoder as Create, H264MP4Encoder } from 'h264-mp4-encoder';
import type { Size } from './shape.js';

const require = createRequire(import.meta.url);

/** How an MP4 is encoded: `count` frames of a size, so many a second. */
export interface Reel extends Size {
  readonly frameRate: number;
  readonly count: number;
}

/** An H.264 MP4 of frames, each of which is asked for when it is needed, as RGBA. The event loop gets its turn between them. */
export async function encodedMp4(
  { count, ...settings }: Reel,
  frameAt: (at: number) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const encoder = await newEncoder();
  try {
    Object.assign(encoder, { ...settings, quantizationParameter: 28, speed: 10 });
    encoder.initialize();
    for (let at = 0; at < count; at += 1) {
      encoder.addFrameRgba(await frameAt(at));
      await new Promise((resolve) => setImmediate(resolve));
    }
    encoder.finalize();
    return Uint8Array.from(encoder.FS.readFile(encoder.outputFilename));
  } finally {
    encoder.delete();
  }
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
