import { dollars } from '../contract/money/nano.js';

/**
 * Somebody's text as text, on one line: whatever the Temporal UI would read as Markdown is escaped, a bare address as
 * well, which it would make a link.
 */
export const plain = (text: string): string =>
  text
    .replace(/[\\`*_{}[\]()<>#|~&$]/g, '\\$&')
    .replaceAll('://', '\\://')
    .replace(/\s+/g, ' ')
    .trim();

/** A link that shows `text` as text. The address is one of ours, or one that a platform gave us. */
export const link = (text: string, url: string): string =>
  `[${plain(text)}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`;

/** Lines that stay lines: Markdown would run them together. */
export const lines = (all: readonly string[]): string => all.join('  \n');

/** What there is to say, in the order of saying it. */
export const facts = (all: readonly (string | false | null)[]): string => all.filter(Boolean).join(' · ');

/** An amount in US dollars. The UI reads what is between two dollar signs as mathematics. */
export const amount = (usd: number): string => plain(dollars(usd));

/**
 * Paragraphs and lists, one after the other. The UI makes its frame some 30 pixels less high than what is in it, so the
 * last line is an empty one, of a space that Markdown does not trim.
 */
export const parts = (all: readonly string[]): string => [...all, '\u00a0'].join('\n\n');
