import { isHashtag } from '../../contract/draft.js';

/** Cheap checks of a message's fields: a signal may hold anything. */

type Message = Readonly<Record<string, unknown>>;

/** A field's value; null when it is left out. */
export const readField = (message: Message, name: string): unknown => message[name] ?? null;

/** A field's text; null when it is left out, is no text or is too long. */
export function textField(message: Message, name: string, longest: number): string | null {
  const value = message[name];
  return typeof value === 'string' && value.length <= longest ? value : null;
}

/** A field's list of single words, without a `#` before them; null when it is anything else. */
export function wordsField(message: Message, name: string, most: number): string[] | null {
  const value = message[name];
  if (!Array.isArray(value) || value.length > most) return null;
  const words = value.map((word) => (typeof word === 'string' ? word.trim().replace(/^#/, '') : ''));
  return words.every(isHashtag) ? words : null;
}

/** ISO 8601 with a zone, as `Date` reads it. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

export const isTime = (value: unknown): boolean =>
  typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value));
