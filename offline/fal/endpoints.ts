import { INPUTS, type EndpointId, type InputSchema } from './inputs.js';
import type { FalInput } from './jobs.js';
import { askedSize } from './shape.js';

/** An endpoint the stand-in plays. */
export interface PlayedEndpoint {
  readonly kind: 'image' | 'video';
  readonly unit: 'image' | 'megapixel' | 'second';
  /** Nano-USD a unit. */
  readonly unitNano: number;
  readonly input: InputSchema;
  /** Seconds billed when the input names no `duration`. */
  readonly seconds?: number;
}

type Priced = Omit<PlayedEndpoint, 'input'>;

const image = (unitNano: number, unit: 'image' | 'megapixel' = 'image'): Priced => ({
  kind: 'image',
  unit,
  unitNano,
});

const clip = (unitNano: number, seconds: number): Priced => ({
  kind: 'video',
  unit: 'second',
  unitNano,
  seconds,
});

/** The stand-in's own price list, after fal's model pages of 2026: prices of silent clips and of 1K pictures. */
const PRICES: Readonly<Record<EndpointId, Priced>> = {
  'fal-ai/flux-pro/v1.1-ultra': image(60_000_000),
  'fal-ai/flux-pro/v1.1': image(40_000_000),
  'fal-ai/flux/dev': image(25_000_000, 'megapixel'),
  'fal-ai/flux/schnell': image(3_000_000, 'megapixel'),
  'fal-ai/nano-banana': image(39_000_000),
  'fal-ai/nano-banana-2': image(80_000_000),
  'fal-ai/nano-banana-pro': image(150_000_000),
  'fal-ai/bytedance/seedream/v4/text-to-image': image(30_000_000),
  'fal-ai/kling-video/v3/pro/image-to-video': clip(112_000_000, 5),
  'fal-ai/kling-video/v3/standard/image-to-video': clip(84_000_000, 5),
  'fal-ai/kling-video/v2.5-turbo/pro/image-to-video': clip(70_000_000, 5),
  'fal-ai/ltx-2.3/image-to-video': clip(60_000_000, 6),
  'fal-ai/ltx-2.3/text-to-video': clip(80_000_000, 6),
  'fal-ai/veo3.1/image-to-video': clip(200_000_000, 8),
  'example/pixels': image(10_000_000, 'megapixel'),
  'example/seedless': image(20_000_000),
  'example/masked': image(20_000_000),
  'example/first-frame': clip(50_000_000, 6),
};

export const PLAYED_ENDPOINTS: Readonly<Record<string, PlayedEndpoint>> = Object.fromEntries(
  Object.entries(PRICES).map(([id, priced]) => [id, { ...priced, input: INPUTS[id as EndpointId] }]),
);

const PIXELS_PER_MEGAPIXEL = 1_024 * 1_024;

/** Billing units of an input: pictures, seconds asked for, or megapixels, each picture rounded up to a whole one. */
export function unitsOf(endpoint: PlayedEndpoint, input: FalInput): number {
  if (endpoint.unit === 'second') {
    const seconds = Number.parseFloat(String(input.duration ?? ''));
    return seconds > 0 ? seconds : (endpoint.seconds ?? 5);
  }
  if (endpoint.unit === 'image') return picturesAsked(input);
  const { width, height } = askedSize(input);
  return picturesAsked(input) * Math.max(1, Math.ceil((width * height) / PIXELS_PER_MEGAPIXEL));
}

/** Pictures asked for, 1 to 4 as on fal. */
export function picturesAsked(input: FalInput): number {
  const count = Number(input.num_images ?? 1);
  return Number.isInteger(count) && count >= 1 ? Math.min(count, 4) : 1;
}
