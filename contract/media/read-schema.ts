import type { ContentFormat } from '../formats/format.js';
import { readFields } from './read-fields.js';

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

/** What came of asking for a model's schema. */
export type SchemaAnswer =
  | { readonly kind: 'fields'; readonly fields: Fields }
  /** fal knows no such endpoint. */
  | { readonly kind: 'unknown' }
  /** Why it could not be had, as the end of a sentence. */
  | { readonly kind: 'unread'; readonly why: string };

export interface SchemaSource {
  /** A server that plays every fal host as `<baseUrl>/<host>/…`; null for fal itself. */
  readonly baseUrl: string | null;
  /** ms for the whole answer; 15,000 when left out. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 15_000;
/** The documents of fal's models have 10 to 60 KB. */
const MAX_BYTES = 2_000_000;

/**
 * Where a model's OpenAPI document is, which anybody may read
 * (https://fal.ai/docs/documentation/setting-up/agent-surfaces; each model's llms.txt names this address).
 */
export function schemaUrl(endpoint: string, baseUrl: string | null): string {
  const host = baseUrl === null ? 'https://fal.ai' : `${baseUrl}/fal.ai`;
  return `${host}/api/openapi/queue/openapi.json?endpoint_id=${encodeURIComponent(endpoint)}`;
}

/** Asks fal what an endpoint takes. It needs no key, sends none, and never throws. */
export async function readSchema(endpoint: string, source: SchemaSource): Promise<SchemaAnswer> {
  const deadlineMs = source.deadlineMs ?? DEADLINE_MS;
  try {
    const response = await fetch(schemaUrl(endpoint, source.baseUrl), {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(deadlineMs),
    });
    if (!response.ok) {
      await response.body?.cancel();
      return response.status === 404 ? { kind: 'unknown' } : unread(`HTTP ${response.status}`);
    }
    const text = await textOf(response);
    return text === null ? unread(`the answer is larger than ${MAX_BYTES} bytes`) : parsed(text);
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return unread(isLate ? `no answer within ${deadlineMs / 1_000} s` : causeOf(error));
  }
}

const unread = (why: string): SchemaAnswer => ({ kind: 'unread', why });

function parsed(text: string): SchemaAnswer {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return unread('the answer is not JSON');
  }
  const fields = readFields(document);
  return fields === null ? unread('the answer is no schema of a model') : { kind: 'fields', fields };
}

/** The text of an answer; null for one that is too large. A header may lie, so the bytes are counted as they come. */
async function textOf(response: Response): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** `ECONNREFUSED` says more than undici's `fetch failed`, and `other side closed` more than its own codes. */
function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  const code = cause?.code?.startsWith('E') ? cause.code : undefined;
  return code ?? cause?.message ?? message ?? String(error);
}
