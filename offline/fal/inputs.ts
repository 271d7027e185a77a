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
      ...{ prompt, aspect_ratio: choice('auto', 'auto', ...RATIOS.slice(0, -1)), num_images, seed },
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
  ...{ prompt, duration: choice(6, 6, 8, 10), resolution: choice('1080p', '1080p', '1440p', '2160p') },
  ...{ fps: choice(25, 24, 25, 48, 50), generate_audio },
};

export const INPUTS = {
  'fal-ai/flux-pro/v1.1-ultra': takes(
    {
      ...{ prompt, num_images, seed, output_format: formats, image_url: text('An image to start from.') },
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
      ...{ prompt, image_url: frame, seed, generate_audio, duration: choice('8s', '4s', '6s', '8s') },
      ...{
        aspect_ratio: choice('auto', 'auto', '16:9', '9:16'),
        resolution: choice('720p', '720p', '1080p', '4k'),
      },
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

export type EndpointId = keyof typeof INPUTS;

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
