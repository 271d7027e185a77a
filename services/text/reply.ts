import { readable } from '../readable.js';
import type { Secrets } from '../secrets.js';
import { asObject, type Loose } from './usage.js';

/** What an answer holds, before its text is judged. */
export interface TextReply {
  /** Set when the output can't be used whatever its text is. */
  readonly fault: { readonly outcome: 'refused' | 'failed'; readonly detail: string } | null;
  readonly text: string;
  /** Why the text was cut off; null where it was not. What is whole all the same is used. */
  readonly cut: string | null;
}

export const failed = (detail: string): TextReply => ({
  fault: { outcome: 'failed', detail },
  text: '',
  cut: null,
});
export const refused = (detail: string): TextReply => ({
  fault: { outcome: 'refused', detail },
  text: '',
  cut: null,
});

/** A string that says something; null for anything else. */
export const words = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null;

const LONGEST_NAME = 200;

/** A name of the server's own (a model, an id, a tier): one short line, or null. */
export const shortName = (value: unknown, secrets: Secrets): string | null => {
  const given = words(value);
  return given === null ? null : readable(given, secrets).slice(0, LONGEST_NAME) || null;
};

/** The words of an `error` that came with status 200, as some gateways send it. */
export function readErrorText(value: unknown): string | null {
  const error = asObject(value);
  return (
    words(value) ??
    words(error?.['message']) ??
    words(error?.['code']) ??
    (error ? 'an error without words' : null)
  );
}

/** The text of a message, which is a string or a list of parts, and what of it refuses. */
export function contentOf(content: unknown): { readonly text: string; readonly refusal: string | null } {
  if (typeof content === 'string') return { text: content, refusal: null };
  const parts = (Array.isArray(content) ? content : [content]).map(partOf);
  return {
    text: parts.map((part) => textOf(part)).join(''),
    refusal: words(parts.find((part) => part['type'] === 'refusal')?.['refusal']),
  };
}

const partOf = (part: unknown): Loose =>
  typeof part === 'string' ? { type: 'text', text: part } : (asObject(part) ?? {});

/** Thoughts come as parts too, of a type of their own. */
function textOf({ type, text }: Loose): string {
  if (type !== undefined && type !== 'text' && type !== 'output_text') return '';
  return words(text) ?? words(asObject(text)?.['value']) ?? '';
}
