import { createHash } from 'node:crypto';
import { renderAsync } from '@resvg/resvg-js';
import { svgOf, type Sketch } from '../sketch/sketch.js';
import { themeOf } from '../sketch/theme.js';
import { asJpeg } from './plain.js';
import { withSketch } from './png-notes.js';
import type { Size } from './shape.js';

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
export const sketchOf = ({ seed, prompt, size }: Omit<PictureOrder, 'jpeg'>): Sketch => ({
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
