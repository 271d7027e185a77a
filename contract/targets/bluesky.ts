import { fitText, hasMoreGraphemes } from './fit-text.js';
import type { TargetKind } from './target.js';

/** Of a post's text: `app.bsky.feed.post` in the lexicons of the AT protocol. */
const MOST_GRAPHEMES = 300;
const MOST_BYTES = 3_000;

/** An account on Bluesky, or on another server of the AT protocol. */
export const bluesky: TargetKind = {
  kind: 'bluesky',
  settings: {
    identifier: { form: 'line', meaning: 'the handle or DID that signs in, such as ash.example.com' },
    password: { form: 'variable', meaning: 'the environment variable that holds its app password' },
    service: {
      form: 'address',
      meaning: 'the server of the account',
      fallback: 'https://bsky.social',
    },
  },
  fit: (words) => fitText(words, (text) => refuses(text) === null),
  limit: { most: MOST_GRAPHEMES },
  keeps: 'Bluesky can not edit a post; to delete it and post it again would be another post',
  refuses: (text) => (text.trim() === '' ? 'the text is empty' : refuses(text)),
};

/** What is wrong with its length; null when nothing. Takes no longer for a text that is far too long. */
function refuses(text: string): string | null {
  // A character has three bytes at the most where it is one unit, and four where it is two.
  if (text.length <= MOST_GRAPHEMES) return null;
  if (text.length > MOST_BYTES || bytesOf(text) > MOST_BYTES)
    return `the text has more than ${MOST_BYTES.toLocaleString('en-US')} bytes`;
  return hasMoreGraphemes(text, MOST_GRAPHEMES)
    ? `the text has more than ${MOST_GRAPHEMES} characters`
    : null;
}

/** In UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
