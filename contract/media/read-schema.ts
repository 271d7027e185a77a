import { type Fields, readFields } from './read-fields.js';

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
