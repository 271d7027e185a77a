import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { renderAsync } from '@resvg/resvg-js';
import sharp from 'sharp';
import { colourNamed } from '../sketch/colours.js';
import { COMPOSITIONS, type CompositionName } from '../sketch/compositions.js';
import { svgOf, type Sketch, themeOf } from '../sketch/sketch.js';
import type { Size } from './shape.js';

/** A picture of one colour. */
export const drawPlain = (size: Size): Promise<Buffer> =>
  sharp({ create: { ...size, channels: 3, background: '#35506b' } })
    .png()
    .toBuffer();

export const asJpeg = (picture: Uint8Array): Promise<Buffer> => sharp(picture).jpeg().toBuffer();

/** The size of a picture; null for bytes that are none. */
export async function sizeOf(bytes: Uint8Array): Promise<Size | null> {
  const metadata = await sharp(bytes)
    .metadata()
    .catch(() => null);
  return metadata && { width: metadata.width, height: metadata.height };
}

/** A picture that is asked for. */
export interface PictureOrder {
  /** Equal pictures of equal seeds and prompts are equal to the byte. */
  readonly seed: string;
  readonly prompt: string;
  readonly size: Size;
  /** A PNG when left out. */
  readonly jpeg?: boolean;
}

/** What a picture is drawn from. */
const sketchOf = ({ seed, prompt, size }: Omit<PictureOrder, 'jpeg'>): Sketch => ({
  theme: themeOf(prompt),
  seed: createHash('sha256').update(`${seed}\n${prompt}`).digest('hex').slice(0, 16),
  ...size,
});

/** Draws an abstract picture without words. A PNG says in its notes that it is a sample, and from what it was drawn. */
export async function drawPicture(order: PictureOrder): Promise<Buffer> {
  const sketch = sketchOf(order);
  const picture = (await renderAsync(svgOf(sketch), FONTLESS)).asPng();
  return order.jpeg ? asJpeg(picture) : withSketch(picture, sketch);
}

/** Without it resvg reads every font of the machine. */
export const FONTLESS = { font: { loadSystemFonts: false } } as const;

/** The signature and the header of a PNG, after which its notes stand (PNG specification, third edition, 5.6). */
const HEADER = 8 + 25;
const KEYWORD = 'sketch';

/** A PNG with two notes in it: that it is a sample, and the sketch that it was drawn from. */
function withSketch(png: Buffer, { theme, seed, width, height }: Sketch): Buffer {
  const { composition, colours, mood } = theme;
  const said = { composition, colours: colours.map(({ name }) => name), mood, seed, width, height };
  const notes = [
    note('Comment', 'Offline sample, drawn by a stand-in and by no model'),
    note(KEYWORD, JSON.stringify(said)),
  ];
  return Buffer.concat([png.subarray(0, HEADER), ...notes, png.subarray(HEADER)]);
}

/** The sketch that a PNG of ours was drawn from; null for other pictures, and for a note that is not as we write it. */
export function sketchIn(picture: Uint8Array): Sketch | null {
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  const start = bytes.subarray(0, 4_096).indexOf(`tEXt${KEYWORD}\0`, 0, 'latin1');
  if (start < HEADER) return null;
  const length = bytes.readUInt32BE(start - 4);
  const text = bytes.subarray(start + 4 + KEYWORD.length + 1, start + 4 + length).toString('latin1');
  try {
    return sketchFrom(JSON.parse(text) as Readonly<Record<string, unknown>>);
  } catch {
    return null;
  }
}

function sketchFrom(said: Readonly<Record<string, unknown>>): Sketch | null {
  const { composition, mood, seed, width, height } = said;
  const colours = (said.colours as readonly string[]).map(colourNamed).filter((colour) => colour !== null);
  if (!Object.hasOwn(COMPOSITIONS, String(composition)) || colours.length < 2) return null;
  if (mood !== 'as told' && mood !== 'darker' && mood !== 'lighter') return null;
  if (!(Number(width) > 0) || !(Number(height) > 0)) return null;
  const theme = { composition: composition as CompositionName, colours, mood } as const;
  return { theme, seed: String(seed), width: Number(width), height: Number(height) };
}

/** A `tEXt` chunk. */
function note(keyword: string, text: string): Buffer {
  const named = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1');
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(named.length - 4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
