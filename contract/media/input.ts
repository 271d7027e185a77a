import { clipSeconds } from '../money/prices/ordered.js';
import { aspectInput, type AspectFit } from './aspect.js';
import { isNumeric, type Field, type Fields, type FieldValue } from './fields.js';
import { nearestSeconds, secondsOf } from './duration.js';
import type { MediaOrder } from './order.js';

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
