import { createRequire } from 'node:module';
import { renderAsync } from '@resvg/resvg-js';
import type { createH264MP4Encoder as Create, H264MP4Encoder } from 'h264-mp4-encoder';
import sharp from 'sharp';
import { svgOf, type Motion, type Sketch } from '../sketch/sketch.js';
import { FONTLESS, sketchIn } from './picture.js';
import { even, type Size } from './shape.js';

const FRAMES_PER_SECOND = 9;
const LONGEST = 448;
/** How far a picture that is not ours is drawn larger than the frame, so that the camera has somewhere to go. */
const MARGIN = 1.16;

/** What is filmed. */
export interface Film {
  readonly picture: Uint8Array;
  /** Asked for; a clip is drawn smaller. */
  readonly size: Size;
  readonly seconds: number;
  /** In whose words "slower" or "faster" is heard; none when left out. */
  readonly prompt?: string;
}

/**
 * Films a picture as an H.264 MP4 without sound, `seconds` long, whose end is its beginning. A picture of ours is drawn anew for
 * each frame, so that its parts move; over another the camera drifts. Small on purpose, and others get their turn between frames.
 */
export async function film(order: Film): Promise<Uint8Array> {
  const frameAt = await framesOf(order);
  const count = Math.round(order.seconds * FRAMES_PER_SECOND);
  const reel = { ...frameSize(order.size), frameRate: FRAMES_PER_SECOND, count };
  return encodedMp4(reel, (at) => frameAt(at / count));
}

/** RGBA of the frame when a share of the clip is over. */
type FrameAt = (phase: number) => Promise<Uint8Array>;

/** The frames of a film, each drawn when it is asked for. */
export async function framesOf({ picture, size, prompt = '' }: Film): Promise<FrameAt> {
  const frame = frameSize(size);
  const sketch = sketchIn(picture);
  return sketch ? redrawn(sketch, frame, amountIn(prompt)) : drifting(picture, frame);
}

const redrawn =
  (sketch: Sketch, frame: Size, amount: Motion['amount']): FrameAt =>
  async (phase) => {
    const svg = svgOf(sketch, { phase, amount }, frame);
    return (await renderAsync(svg, FONTLESS)).pixels;
  };

/** A slow circle over the picture, which comes a little nearer on the way. */
async function drifting(picture: Uint8Array, frame: Size): Promise<FrameAt> {
  const wide = { width: even(frame.width * MARGIN), height: even(frame.height * MARGIN) };
  const base = await sharp(picture)
    .resize(wide.width, wide.height, { fit: 'cover' })
    .removeAlpha()
    .raw()
    .toBuffer();
  return (phase) => {
    const turn = 2 * Math.PI * phase;
    const near = 1 - (1 - 1 / MARGIN) * (0.75 - 0.25 * Math.cos(turn));
    const shown = { width: Math.round(wide.width * near), height: Math.round(wide.height * near) };
    const left = Math.round(((wide.width - shown.width) / 2) * (1 + 0.9 * Math.sin(turn)));
    const top = Math.round(((wide.height - shown.height) / 2) * (1 - 0.9 * Math.sin(turn)));
    return sharp(base, { raw: { ...wide, channels: 3 } })
      .extract({ left, top, ...shown })
      .resize(frame.width, frame.height, { fit: 'fill' })
      .ensureAlpha()
      .raw()
      .toBuffer();
  };
}

function amountIn(prompt: string): number {
  const [, asked = ''] = prompt.split('\nThe editor asks: ');
  if (/\b(?:slow(?:er|ly)?|calm(?:er)?|still|less)\b/i.test(asked)) return 0.4;
  return /\b(?:fast(?:er)?|quick(?:er)?|livel(?:y|ier)|more)\b/i.test(asked) ? 1.8 : 1;
}

function frameSize({ width: across, height: down }: Size): Size {
  const scale = LONGEST / Math.max(across, down);
  return { width: even(across * scale), height: even(down * scale) };
}

const require = createRequire(import.meta.url);

/** How an MP4 is encoded: `count` frames of a size, so many a second. */
interface Reel extends Size {
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
