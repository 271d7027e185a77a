import type { ContentFormat } from '../formats/format.js';

/** What a model takes: the fields of its input, as far as we can use them. */

/** A field's value in an input. */
export type FieldValue = string | number | boolean;

/** One field of a model's input, with all the forms that it may take put together. */
export interface Field {
  /** JSON Schema's names of its types, such as `string` and `integer`. */
  readonly types: readonly string[];
  /** The values of its enum; null where it has none. */
  readonly values: readonly FieldValue[] | null;
  /** Whether values beside those of the enum are taken. */
  readonly open: boolean;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** The longest text, in characters. */
  readonly maxLength: number | null;
  /** The names inside an object, such as `width` and `height`. */
  readonly inside: readonly string[];
  /** What the model takes where nothing is said; undefined where it names nothing. */
  readonly preset: unknown;
}

export interface Fields {
  readonly known: ReadonlyMap<string, Field>;
  /** The names of those without which the model does not run. */
  readonly required: readonly string[];
}

/** A field of a type, without limits. */
export const field = (types: string | readonly string[], change: Partial<Field> = {}): Field => ({
  types: typeof types === 'string' ? [types] : types,
  values: null,
  open: true,
  minimum: null,
  maximum: null,
  maxLength: null,
  inside: [],
  preset: undefined,
  ...change,
});

/** A field that takes these values and no others. */
export const oneOf = (...values: readonly FieldValue[]): Field =>
  field([...new Set(values.map((value) => (typeof value === 'number' ? 'integer' : typeof value)))], {
    values,
    open: false,
  });

/** Whether a field takes numbers. */
export const isNumeric = ({ types }: Field): boolean => types.includes('integer') || types.includes('number');

/** One picture or clip to be made. The field names of a model's own input are no part of it. */
export interface MediaOrder {
  readonly kind: 'picture' | 'clip';
  /** fal's id of the model, such as `fal-ai/flux-pro/v1.1-ultra`. */
  readonly endpoint: string;
  readonly prompt: string;
  readonly aspectRatio: ContentFormat['aspectRatio'];
  /** Drawn once for the job and kept in history: it makes the input unique, so that a lost job can be found again. */
  readonly seed: number;
  /** The frame that a clip starts from, where the provider can read it; null for a picture. */
  readonly imageUrl: string | null;
}

/**
 * What models take of whose schema fal tells us nothing: the fallback for when fal.ai can't be asked. Of the endpoints that
 * we offer it is their own schema on fal.ai as of 2026-11-24, as far as we use it; others get the fields that most share.
 */

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

type Json = Readonly<Record<string, unknown>>;

/** Far more than any model's: a document that needs more is not read to its end. */
const MAX_STEPS = 20_000;
const MAX_DEPTH = 12;
const MAX_VALUES = 500;

/**
 * Reads the fields of a model's input from its OpenAPI document, as fal serves it
 * (https://fal.ai/api/openapi/queue/openapi.json?endpoint_id=…): the schema of the one POST whose path is not that of a
 * request. `$ref`, `allOf`, `anyOf`, `oneOf` and lists of types are followed, in circles too, and never for long.
 *
 * @returns null where the document has no such schema
 */
export function readFields(document: unknown): Fields | null {
  const reader = new SchemaReader(document);
  const schema = reader.resolve(inputSchema(document));
  const properties = reader.properties(schema);
  if (properties.size === 0) return null;
  const known = new Map([...properties].map(([name, property]) => [name, reader.field(property)]));
  return { known, required: reader.required(schema).filter((name) => known.has(name)) };
}

function inputSchema(document: unknown): unknown {
  const paths = objectAt(document, 'paths');
  for (const [path, item] of Object.entries(paths ?? {})) {
    if (path.includes('/requests/')) continue;
    const body = objectAt(objectAt(item, 'post'), 'requestBody');
    const schema = objectAt(objectAt(objectAt(body, 'content'), 'application/json'), 'schema');
    if (schema) return schema;
  }
  return null;
}

class SchemaReader {
  readonly #document: unknown;
  #steps = 0;

  constructor(document: unknown) {
    this.#document = document;
  }

  /** The schema that a chain of references ends at; null where it ends nowhere, or leads too far. */
  resolve(schema: unknown): Json | null {
    let at = asObject(schema);
    for (let depth = 0; at && typeof at.$ref === 'string'; depth += 1) {
      if (depth >= MAX_DEPTH || !this.#step()) return null;
      at = this.#at(at.$ref);
    }
    return at;
  }

  /** The properties of an object, those of its `allOf` included. */
  properties(schema: Json | null, depth = 0): Map<string, unknown> {
    if (!schema || depth > MAX_DEPTH || !this.#step()) return new Map();
    const parts = list(schema.allOf).flatMap((part) => [...this.properties(this.resolve(part), depth + 1)]);
    return new Map([...parts, ...Object.entries(asObject(schema.properties) ?? {})]);
  }

  required(schema: Json | null, depth = 0): string[] {
    if (!schema || depth > MAX_DEPTH || !this.#step()) return [];
    const parts = list(schema.allOf).flatMap((part) => this.required(this.resolve(part), depth + 1));
    const own = list(schema.required).filter((name) => typeof name === 'string');
    return [...new Set([...parts, ...own])];
  }

  field(property: unknown): Field {
    const forms = this.#forms(property, 0);
    const enums = forms.map(valuesOf).filter((values) => values !== null);
    const number = (name: string, pick: (...all: number[]) => number): number | null => {
      const all = forms.map((form) => form[name]).filter((limit) => typeof limit === 'number');
      return all.length > 0 ? pick(...all) : null;
    };
    return {
      types: [...new Set(forms.flatMap(typesOf))],
      values: enums.length > 0 ? enums.flat().slice(0, MAX_VALUES) : null,
      open: enums.length === 0 || forms.some((form) => valuesOf(form) === null && isScalar(form)),
      minimum: number('minimum', Math.min),
      maximum: number('maximum', Math.max),
      maxLength: number('maxLength', Math.max),
      inside: forms.flatMap((form) => [...this.properties(form).keys()]),
      preset: [asObject(property), ...forms].find((form) => form?.default !== undefined)?.default,
    };
  }

  /** The forms that a property may take, each a plain schema. */
  #forms(property: unknown, depth: number): Json[] {
    const schema = this.resolve(property);
    if (!schema || depth > MAX_DEPTH || !this.#step()) return [];
    const branches = [...list(schema.anyOf), ...list(schema.oneOf), ...list(schema.allOf)];
    const forms = branches.flatMap((branch) => this.#forms(branch, depth + 1));
    const isPlain = branches.length === 0 || schema.type !== undefined || schema.enum !== undefined;
    return isPlain ? [...forms, schema] : forms;
  }

  #at(pointer: string): Json | null {
    if (!pointer.startsWith('#/')) return null;
    let at: unknown = this.#document;
    for (const part of pointer.slice(2).split('/')) {
      at = valueAt(at, part.replaceAll('~1', '/').replaceAll('~0', '~'));
    }
    return asObject(at);
  }

  #step(): boolean {
    this.#steps += 1;
    return this.#steps <= MAX_STEPS;
  }
}

function valuesOf(form: Json): FieldValue[] | null {
  const all = Array.isArray(form.enum) ? form.enum : form.const !== undefined ? [form.const] : null;
  return (
    all?.filter((value): value is FieldValue => ['string', 'number', 'boolean'].includes(typeof value)) ??
    null
  );
}

function typesOf(form: Json): string[] {
  const named = (Array.isArray(form.type) ? form.type : [form.type]).filter(
    (type) => typeof type === 'string',
  );
  if (named.length > 0) return named;
  return (valuesOf(form) ?? []).map((value) => (Number.isInteger(value) ? 'integer' : typeof value));
}

const isScalar = (form: Json): boolean =>
  typesOf(form).some((type) => type === 'string' || type === 'integer' || type === 'number');

const asObject = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;

const valueAt = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Json)[name]
    : undefined;

const objectAt = (value: unknown, name: string): Json | null => asObject(valueAt(value, name));

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
