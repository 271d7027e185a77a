import { mapTexts, shown } from '../../contract/shown.js';

/** Model text and server text as one line that is safe for a terminal. */
export const printableLine = (text: string): string => shown(text).replace(/ {2,}/g, ' ').trim();

/** Keeping its line breaks. */
export const printableLines = (text: string): string => text.split(/\r?\n/).map(shown).join('\n');

/** As one line of at most `width` characters. */
export function clipped(text: string, width: number): string {
  const characters = [...printableLine(text)];
  return characters.length <= width ? characters.join('') : `${characters.slice(0, width - 1).join('')}…`;
}

/** A document of a server whose every text, and every name, is one line: a view need not remember which of them may be what. */
export const printableDocument = <T>(document: T): T => mapTexts(document, printableLine, printableLine);

/** A colour of ours. */
// eslint-disable-next-line no-control-regex
const COLOUR = /(\u001b\[[\d;]{0,20}m)/;

/** A line that a view has made: its colours stay, nothing else steers the terminal. */
export const colouredLine = (line: string): string =>
  line
    .split(COLOUR)
    .map((part, at) => (at % 2 === 1 ? part : shown(part)))
    .join('');

/** The same of several lines, which may be indented with tabs. */
export const colouredText = (text: string): string => text.replace(/[^\n\t]+/g, colouredLine);
