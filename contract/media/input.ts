import { clipSeconds } from '../money/prices/media-price.js';
import { aspectInput, type AspectFit } from './aspect.js';
import { type Field, type Fields, type FieldValue, isNumeric, type MediaOrder } from './read-fields.js';

/** Seconds as a field has them: 6, `6` or `6s`; null for words such as `auto`. */
function secondsOf(value: unknown): number | null {
  const [, digits] = /^(\d+(?:\.\d+)?)s?$/.exec(String(value)) ?? [];
  return digits === undefined ? null : Number(digits);
}

/**
 * The value of a duration field that is nearest to so many seconds, in the field's own form; of two that are equally near
 * the shorter, which costs less. Null where the field takes no number of seconds.
 */
function nearestSeconds(wanted: number, field: Field): FieldValue | null {
  if (field.values !== null && !field.open) return nearest(wanted, field.values);
  if (isNumeric(field)) {
    const within = Math.max(field.minimum ?? 0, Math.min(field.maximum ?? Infinity, wanted));
    return field.types.includes('integer') ? Math.ceil(within) : within;
  }
  if (field.values !== null) return nearest(wanted, field.values);
  if (!field.types.includes('string')) return null;
  return String(field.preset ?? '').endsWith('s') ? `${wanted}s` : String(wanted);
}

function nearest(wanted: number, values: readonly FieldValue[]): FieldValue | null {
  let best: { value: FieldValue; seconds: number } | null = null;
  for (const value of values) {
    const seconds = secondsOf(value);
    if (seconds === null || seconds === 0) continue;
    const [distance, least] = [seconds, best?.seconds ?? Infinity].map((one) => Math.abs(one - wanted));
    if (distance! < least! || (distance === least && seconds < best!.seconds)) best = { value, seconds };
  }
  return best?.value ?? null;
}

/** What a model does not take. */
export interface Lacks {
  /** Why posts can't be made with it. */
  readonly unusable: readonly string[];
  /** What it does without; posts can be made with it all the same. */
  readonly lacking: readonly string[];
}

const SAMPLE = { prompt: 'A harbor clock.', seed: 1, imageUrl: 'https://example.com/frame.png' } as const;

/** What a model lacks for the pictures, or the clips, of posts. Each is a sentence's end after the model's name. */
export function lacksOf({ endpoint, kind }: Pick<MediaOrder, 'endpoint' | 'kind'>, fields: Fields): Lacks {
  const isClip = kind === 'clip';
  const made = (['16:9', '9:16'] as const).map((aspectRatio) =>
    inputFor({ ...SAMPLE, endpoint, kind, aspectRatio, imageUrl: isClip ? SAMPLE.imageUrl : null }, fields),
  );
  const [{ input, missing, image, seconds }] = made as [(typeof made)[0]];
  const shapes = made.map(({ aspect }) => aspect);
  return {
    unusable: [
      ...('prompt' in input ? [] : ['takes no prompt']),
      ...(missing.length > 0 ? [`needs ${missing.join(', ')}, which Copydesk does not fill`] : []),
    ],
    lacking: [
      ...(isClip && image === null
        ? ['takes no first frame: a clip does not start from its hero image']
        : []),
      ...('seed' in input
        ? []
        : [`takes no seed: a lost job can only be found by its ${isClip ? 'prompt and frame' : 'prompt'}`]),
      ...(isClip ? clipShape(shapes) : pictureShape(shapes)),
      ...(isClip && seconds === null ? ['takes no duration: a clip is as long as the model makes it'] : []),
    ],
  };
}

function pictureShape(shapes: readonly string[]): string[] {
  if (shapes.includes('none')) return ['takes no aspect ratio or size: pictures have a shape of its own'];
  return shapes.includes('near') ? ['does not offer 16:9 and 9:16: the nearest shape is ordered'] : [];
}

/** A clip mostly has the shape of its first frame, so only a shape that differs is worth a word. */
const clipShape = (shapes: readonly string[]): string[] =>
  shapes.includes('near') ? ['does not offer 16:9 and 9:16: the nearest shape is ordered'] : [];

/**
 * Whether an input that was sent is that of an order, whichever fields it was made with: an input made from the model's
 * schema and one made without it are the same job. The seed decides where both have one; the prompt must be the same, and
 * so must the picture that a clip starts from.
 *
 * @param made what the order's input is today
 */
export function isInputOf(order: MediaOrder, { input, image }: MadeInput, sent: unknown): boolean {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return false;
  const values = Object.values(sent);
  const prompts = [order.prompt, input.prompt];
  if (!values.some((value) => typeof value === 'string' && prompts.includes(value))) return false;
  const { seed } = sent as { seed?: unknown };
  if (typeof seed === 'number' && seed !== order.seed && seed !== input.seed) return false;
  return (
    order.imageUrl === null || hasText(values, order.imageUrl) || (image === null && !values.some(isAddress))
  );
}

/** Whether a text stands among values, or in a list among them. */
const hasText = (values: readonly unknown[], text: string): boolean =>
  values.some((value) => value === text || (Array.isArray(value) && value.includes(text)));

const isAddress = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isAddress) : typeof value === 'string' && /^(https?|data):/i.test(value);

export type MediaInput = Readonly<Record<string, unknown>>;

/** An input, and what the model made hard. */
export interface MadeInput {
  readonly input: MediaInput;
  /** The fields without which the model does not run and that we have nothing for. */
  readonly missing: readonly string[];
  /** Seconds of the clip that the input asks for; null where it names none. */
  readonly seconds: number | null;
  readonly aspect: AspectFit;
  /** The name under which the frame stands; null where the model takes none. */
  readonly image: string | null;
}

/**
 * Where models take the picture that a clip starts from, the surest first: the names in the 1,200 endpoints of the types of
 * @fal-ai/client 1.10.1. The lists are those of models that only take references.
 */
const IMAGE_FIELDS = [
  ...['start_image_url', 'first_frame_url', 'first_frame_image_url', 'first_frame_image', 'first_frame'],
  ...['start_frame_url', 'first_image_url', 'image_url', 'input_image_url', 'input_image', 'image'],
  ...['image_urls', 'input_image_urls', 'images_data_url', 'reference_image_urls', 'ref_image_urls'],
];
const DURATION_FIELDS = ['duration', 'duration_seconds', 'video_length', 'seconds'];
/** Sound costs more, and a post's clip has none. */
const SOUND_FIELDS = ['generate_audio', 'generate_audio_switch', 'enable_audio', 'audio'];
/** PNG loses nothing; WebP is taken where nothing else is offered. */
const PICTURE_FORMATS = ['png', 'jpeg', 'jpg', 'webp'];
/** What the price table counts with. */
const PICTURE_RESOLUTIONS = ['1K'];
const CLIP_RESOLUTIONS = ['720p', '720P', '768P', '768p', '1080p', '1080P'];

/**
 * The input of a model for an order, made from the fields that the model takes. The same order and the same fields always
 * make the same input. What is not said is left to the model.
 */
export function inputFor(order: MediaOrder, fields: Fields): MadeInput {
  const isClip = order.kind === 'clip';
  const aspect = aspectInput(order.aspectRatio, fields);
  const image = order.imageUrl === null ? null : imageField(fields);
  const duration = isClip ? durationInput(order.endpoint, fields) : {};
  const input: MediaInput = {
    ...promptInput(order.prompt, fields),
    ...(image !== null && { [image]: isList(fields, image) ? [order.imageUrl] : order.imageUrl }),
    ...aspect.input,
    ...duration,
    ...chosen(fields, 'resolution', isClip ? CLIP_RESOLUTIONS : PICTURE_RESOLUTIONS),
    ...(isClip ? silence(fields) : { ...one(fields), ...chosen(fields, 'output_format', PICTURE_FORMATS) }),
    ...seedInput(order.seed, fields),
  };
  const missing: string[] = [];
  const presets: [string, unknown][] = [];
  for (const name of fields.required.filter((one) => !Object.hasOwn(input, one))) {
    const preset = onlyValue(fields.known.get(name));
    if (preset === undefined) missing.push(name);
    else presets.push([name, preset]);
  }
  const [asked] = Object.values(duration);
  return {
    input: { ...input, ...Object.fromEntries(presets) },
    missing,
    seconds: asked === undefined ? null : secondsOf(asked),
    aspect: aspect.fit,
    image,
  };
}

/** The first name of the list that the model takes, one that it requires before all others. */
function imageField({ known, required }: Fields): string | null {
  const taken = IMAGE_FIELDS.filter((name) => {
    const types = known.get(name)?.types ?? [];
    return types.includes('string') || types.includes('array');
  });
  return taken.find((name) => required.includes(name)) ?? taken[0] ?? null;
}

const isList = ({ known }: Fields, name: string): boolean => {
  const types = known.get(name)?.types ?? [];
  return types.includes('array') && !types.includes('string');
};

function promptInput(prompt: string, { known }: Fields): MediaInput {
  const taken = known.get('prompt');
  if (!taken?.types.includes('string')) return {};
  return { prompt: taken.maxLength === null ? prompt : [...prompt].slice(0, taken.maxLength).join('') };
}

/** A seed beyond what the model takes is brought within its bounds, always the same way. */
function seedInput(seed: number, { known }: Fields): MediaInput {
  const taken = known.get('seed');
  if (!taken || !isNumeric(taken)) return {};
  const least = Math.max(0, Math.ceil(taken.minimum ?? 0));
  const most = Math.floor(taken.maximum ?? Infinity);
  if (most < least) return {};
  return { seed: seed >= least && seed <= most ? seed : least + (seed % (most - least + 1)) };
}

function durationInput(endpoint: string, { known }: Fields): MediaInput {
  const name = DURATION_FIELDS.find((one) => known.has(one));
  const value = name === undefined ? null : nearestSeconds(clipSeconds(endpoint), known.get(name)!);
  return name === undefined || value === null ? {} : { [name]: value };
}

/** The first of some values that a field offers; nothing for a field that names no values. */
function chosen({ known }: Fields, name: string, wanted: readonly FieldValue[]): MediaInput {
  const values = known.get(name)?.values ?? [];
  const value = wanted.find((one) => values.includes(one));
  return value === undefined ? {} : { [name]: value };
}

const silence = ({ known }: Fields): MediaInput =>
  Object.fromEntries(
    SOUND_FIELDS.filter((name) => known.get(name)?.types.includes('boolean')).map((name) => [name, false]),
  );

function one({ known }: Fields): MediaInput {
  const count = known.get('num_images');
  return count && isNumeric(count) ? { num_images: 1 } : {};
}

/** What a required field can only be: the model's own preset, or the one value that it takes. */
function onlyValue(taken: Field | undefined): unknown {
  if (taken === undefined) return undefined;
  if (taken.preset !== undefined && taken.preset !== null) return taken.preset;
  return taken.values?.length === 1 && !taken.open ? taken.values[0] : undefined;
}
