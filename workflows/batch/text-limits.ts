import type { StatusError } from '../../contract/status.js';
import { characterBytes, DEAREST_CHARACTER, jsonBytes } from '../json-bytes.js';

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
