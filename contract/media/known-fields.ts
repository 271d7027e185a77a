/**
 * What models take of whose schema fal tells us nothing: the fallback for when fal.ai can't be asked. Of the endpoints that
 * we offer it is their own schema on fal.ai as of 2026-11-24, as far as we use it; others get the fields that most share.
 */
import { field, oneOf, type Field, type Fields } from './fields.js';
import type { MediaOrder } from './order.js';

const fields = (required: readonly string[], known: Readonly<Record<string, Field>>): Fields => ({
  required,
  known: new Map(Object.entries(known)),
});

const text = field('string');
const whole = field('integer');
const picture = { prompt: text, num_images: whole, seed: whole };
const pngOrJpeg = oneOf('jpeg', 'png');
const sizes = field(['object', 'string'], {
  values: ['square_hd', 'square', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'],
  open: false,
  inside: ['width', 'height'],
});
const seconds = (from: number, to: number): Field =>
  oneOf(...Array.from({ length: to - from + 1 }, (_, index) => String(from + index)));

const USUAL_PICTURE = fields(['prompt'], { ...picture, aspect_ratio: text, output_format: pngOrJpeg });
const USUAL_CLIP = fields(['prompt', 'image_url'], {
  prompt: text,
  image_url: text,
  duration: whole,
  seed: whole,
});

const SIZED_PICTURE = fields(['prompt'], { ...picture, image_size: sizes, output_format: pngOrJpeg });
const BANANA_2 = fields(['prompt'], {
  ...picture,
  aspect_ratio: text,
  resolution: oneOf('0.5K', '1K', '2K', '4K'),
  output_format: pngOrJpeg,
});
const BANANA_PRO = fields(['prompt'], {
  ...Object.fromEntries(BANANA_2.known),
  resolution: oneOf('1K', '2K', '4K'),
});
const KLING_3 = fields(['start_image_url'], {
  prompt: text,
  start_image_url: text,
  duration: seconds(3, 15),
  generate_audio: field('boolean'),
});
const KLING_2 = fields(['prompt', 'image_url'], {
  prompt: text,
  image_url: text,
  duration: oneOf('5', '10'),
});
const LTX = {
  prompt: text,
  duration: oneOf(6, 8, 10),
  resolution: oneOf('1080p', '1440p', '2160p'),
  generate_audio: field('boolean'),
};

/** The longest beginning that fits stands first. */
const KNOWN: readonly (readonly [beginning: string, Fields])[] = [
  ['fal-ai/flux-pro/v1.1-ultra', USUAL_PICTURE],
  ['fal-ai/flux-pro/v1.1', SIZED_PICTURE],
  ['fal-ai/flux/', SIZED_PICTURE],
  ['fal-ai/nano-banana-2', BANANA_2],
  ['fal-ai/nano-banana-pro', BANANA_PRO],
  ['fal-ai/kling-video/v3/', KLING_3],
  ['fal-ai/kling-video/', KLING_2],
  ['fal-ai/ltx-2.3/image-to-video', fields(['prompt', 'image_url'], { ...LTX, image_url: text })],
  ['fal-ai/ltx-2.3/text-to-video', fields(['prompt'], LTX)],
];

/** The fields to make an input with where the model's own schema can't be had. */
export function fallbackFields({ endpoint, kind }: Pick<MediaOrder, 'endpoint' | 'kind'>): Fields {
  const known = KNOWN.find(([beginning]) => endpoint.startsWith(beginning));
  return known?.[1] ?? (kind === 'clip' ? USUAL_CLIP : USUAL_PICTURE);
}
