import { mapTexts } from '../../contract/shown.js';

/** The most characters of any one text on a page. House styles stay far below it; hostile records don't. */
export const TEXT_LIMIT = 20_000;
export const TITLE_LIMIT = 300;

/**
 * Control characters and lone surrogates: not allowed in XML 1.0, and never meant by a text. Tab and newlines stay. Marks of
 * direction go too, since one that is left open would turn around what stands beside the text; letters have a direction of their
 * own. The joiners of some scripts and of emoji stay.
 */
const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** A text without what can't be printed, cut at `limit` characters with an ellipsis. */
export function printableText(text: string, limit: number = TEXT_LIMIT): string {
  const clean = text.replace(UNPRINTABLE, '');
  if (clean.length <= limit) return clean;
  return `${clean.slice(0, limit - 1).replace(/\p{Surrogate}$/u, '')}…`;
}

/** A document whose every text is printable and bounded, so that no component has to remember it. */
export const printable = <T>(value: T): T => mapTexts(value, (text) => printableText(text));
