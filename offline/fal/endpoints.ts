import type { FalInput } from './jobs.js';
import { askedSize } from './shape.js';

/**
 * What each endpoint takes, after fal's own schemas (https://fal.ai/models/<endpoint>/llms.txt and the types of
 * @fal-ai/client 1.10.1), less what nobody here asks for. `example/…` are nobody's: they take what the others don't.
 */
export interface InputSchema {
  readonly required: readonly string[];
  /** JSON Schemas, by field. */
  readonly properties: Readonly<Record<string, object>>;
}

const takes = (
  properties: Readonly<Record<string, object>>,
  ...required: readonly string[]
): InputSchema => ({
  required,
  properties,
});

const text = (description: string): object => ({ type: 'string', description });
const choice = (preset: string | number | null, ...values: readonly (string | number)[]): object => ({
  enum: values,
  type: typeof values[0] === 'number' ? 'integer' : 'string',
  ...(preset !== null && { default: preset }),
});
const whole = (minimum: number, maximum: number): object => ({ type: 'integer', minimum, maximum });
const prompt = text('The text prompt.');
const frame = text('URL of the image to use as the first frame.');
const seed = {
  anyOf: [{ type: 'integer' }, { type: 'null' }],
  description: 'The same seed, the same output.',
};
const num_images = { ...whole(1, 4), default: 1 };
const generate_audio = { type: 'boolean', default: true };
const formats = choice('jpeg', 'jpeg', 'png');
const RATIOS = ['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21'];
const SIZES = ['square_hd', 'square', 'portrait_4_3', 'portrait_16_9', 'landscape_4_3', 'landscape_16_9'];
const size = (...more: readonly string[]): object => ({
  anyOf: [{ $ref: '#/components/schemas/ImageSize' }, { enum: [...SIZES, ...more], type: 'string' }],
  default: 'landscape_4_3',
});
const secondsFrom = (from: number, to: number): object =>
  choice('5', ...Array.from({ length: to - from + 1 }, (_, index) => String(from + index)));

const FLUX_SIZED = takes({ prompt, image_size: size(), num_images, seed, output_format: formats }, 'prompt');
const banana = (...resolutions: readonly string[]): InputSchema =>
  takes(
    {
      prompt,
      aspect_ratio: choice('auto', 'auto', ...RATIOS.slice(0, -1)),
      num_images,
      seed,
      ...(resolutions.length > 0 && { resolution: choice('1K', ...resolutions) }),
      output_format: choice('png', 'jpeg', 'png', 'webp'),
    },
    'prompt',
  );
const KLING_3 = takes(
  {
    start_image_url: frame,
    prompt: { anyOf: [prompt, { type: 'null' }] },
    duration: secondsFrom(3, 15),
    generate_audio,
  },
  'start_image_url',
);
const LTX = {
  prompt,
  duration: choice(6, 6, 8, 10),
  resolution: choice('1080p', '1080p', '1440p', '2160p'),
  fps: choice(25, 24, 25, 48, 50),
  generate_audio,
};

export const INPUTS = {
  'fal-ai/flux-pro/v1.1-ultra': takes(
    {
      prompt,
      num_images,
      seed,
      output_format: formats,
      image_url: text('An image to start from.'),
      aspect_ratio: { anyOf: [{ enum: RATIOS, type: 'string' }, { type: 'string' }], default: '16:9' },
    },
    'prompt',
  ),
  'fal-ai/flux-pro/v1.1': FLUX_SIZED,
  'fal-ai/flux/dev': FLUX_SIZED,
  'fal-ai/flux/schnell': FLUX_SIZED,
  'fal-ai/nano-banana': banana(),
  'fal-ai/nano-banana-2': banana('0.5K', '1K', '2K', '4K'),
  'fal-ai/nano-banana-pro': banana('1K', '2K', '4K'),
  'fal-ai/bytedance/seedream/v4/text-to-image': takes(
    { prompt, image_size: size('auto', 'auto_2K', 'auto_4K'), num_images, seed },
    'prompt',
  ),
  'fal-ai/kling-video/v3/pro/image-to-video': KLING_3,
  'fal-ai/kling-video/v3/standard/image-to-video': KLING_3,
  'fal-ai/kling-video/v2.5-turbo/pro/image-to-video': takes(
    { prompt, image_url: frame, duration: choice('5', '5', '10'), tail_image_url: text('The last frame.') },
    ...['prompt', 'image_url'],
  ),
  'fal-ai/ltx-2.3/image-to-video': takes({ ...LTX, image_url: frame }, 'prompt', 'image_url'),
  'fal-ai/ltx-2.3/text-to-video': takes(LTX, 'prompt'),
  'fal-ai/veo3.1/image-to-video': takes(
    {
      prompt,
      image_url: frame,
      seed,
      generate_audio,
      duration: choice('8s', '4s', '6s', '8s'),
      aspect_ratio: choice('auto', 'auto', '16:9', '9:16'),
      resolution: choice('720p', '720p', '1080p', '4k'),
    },
    ...['prompt', 'image_url'],
  ),
  'example/pixels': takes({ prompt, width: whole(256, 1_440), height: whole(256, 1_440), seed }, 'prompt'),
  'example/seedless': takes({ prompt, aspect_ratio: choice('1:1', '1:1', '3:2', '2:3') }, 'prompt'),
  'example/masked': takes(
    { prompt, aspect_ratio: choice('16:9', ...RATIOS), seed, mask_image_url: frame },
    'prompt',
    'mask_image_url',
  ),
  'example/first-frame': takes(
    { prompt, first_frame_image: frame, duration: choice('6s', '6s', '10s'), seed },
    ...['prompt', 'first_frame_image'],
  ),
} as const satisfies Readonly<Record<string, InputSchema>>;

type EndpointId = keyof typeof INPUTS;

/** The fields in which an input may carry the picture that a clip starts from. */
export const FRAME_FIELDS = ['start_image_url', 'first_frame_image', 'image_url'] as const;

/** The first field of an input with a value that its enum lacks; null where all are right. */
export function wrongChoice(
  { properties }: InputSchema,
  input: Readonly<Record<string, unknown>>,
): { field: string; offered: readonly unknown[] } | null {
  for (const [field, property] of Object.entries(properties)) {
    const { enum: offered } = property as { enum?: readonly unknown[] };
    if (offered && input[field] !== undefined && !offered.includes(input[field])) return { field, offered };
  }
  return null;
}

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
