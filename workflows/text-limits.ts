import type { StatusError } from '../contract/status.js';

/** Texts that a batch keeps of its posts, in bytes of JSON, at most. */
export interface TextLimits {
  readonly title: number;
  readonly type: number;
  readonly message: number;
  readonly requestId: number;
}

/** What a post of the largest batch may take. */
const LEAST: TextLimits = { title: 200, type: 50, message: 150, requestId: 40 };
const MOST: TextLimits = { title: 900, type: 100, message: 3_000, requestId: 200 };
const LARGEST_BATCH = 2_000;

/**
 * How much of its posts' words a batch of this many posts keeps. What it knows is one payload whenever it continues as new,
 * is recorded or is asked for its status, and Temporal takes at most 2 MB in one (its default `limit.blobSize.error`): the
 * fewer posts, the more words each may have. All of them are on the post's own record.
 */
export function textLimits(posts: number): TextLimits {
  const share = (name: keyof TextLimits): number =>
    Math.min(MOST[name], Math.floor((LEAST[name] * LARGEST_BATCH) / Math.max(posts, 1)));
  return {
    title: share('title'),
    type: share('type'),
    message: share('message'),
    requestId: share('requestId'),
  };
}

export const shortError = (error: StatusError, limits: TextLimits): StatusError => ({
  type: shorten(error.type, limits.type),
  message: shorten(error.message, limits.message),
  requestId: error.requestId === null ? null : shorten(error.requestId, limits.requestId),
});

/** The text within so many bytes of JSON. What is too much goes from its middle: our own messages end with what to do. */
export function shorten(text: string, most: number): string {
  if (text.length * DEAREST_CHARACTER <= most || jsonBytes(text) <= most) return text;
  const characters = [...text];
  const room = most - jsonBytes('…');
  const end = firstThatFit(characters.toReversed(), Math.floor(room / 3)).toReversed();
  const start = firstThatFit(characters, room - jsonBytes(end.join('')));
  return `${start.join('')}…${end.join('')}`;
}

/** As many of the first characters as fit. */
function firstThatFit(characters: readonly string[], most: number): string[] {
  let left = most;
  const end = characters.findIndex((character) => (left -= characterBytes(character)) < 0);
  return characters.slice(0, end < 0 ? undefined : end);
}

/** What a control character or half of a pair takes, as `\u0001`. */
const DEAREST_CHARACTER = 6;

/** How long the text is as JSON in UTF-8, in bytes without its quotes; never less than it is. */
export function jsonBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += characterBytes(character);
  return bytes;
}

function characterBytes(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || (code >= 0xd800 && code <= 0xdfff)) return DEAREST_CHARACTER;
  if (character === '"' || character === '\\') return 2;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
