import { stateWords, type BatchState, type PostState } from '../../contract/states.js';
import type { Colors } from './output.js';
import { mapTexts, shown } from '../../contract/shown.js';

/** What came to nothing, or is there no more. */
const DIM: readonly (PostState | BatchState)[] = ['cancelled', 'rejected', 'expired', 'unpublished'];

/** A state in its colour: green when all is well, yellow when a person is waited for, red when something went wrong. */
export function stateColored(state: PostState | BatchState, colors: Colors): string {
  const words = stateWords(state);
  if (state === 'published' || state === 'done') return colors.green(words);
  if (state === 'awaiting_approval' || state === 'scheduled' || state === 'paused')
    return colors.yellow(words);
  if (state === 'blocked' || state === 'failed') return colors.red(words);
  if (DIM.includes(state)) return colors.dim(words);
  return colors.cyan(words);
}

/** An ISO time as `2026-11-24 09:32 UTC`; a command has no account's zone to go by. */
export const timeWords = (iso: string): string =>
  `${iso.slice(0, 16).replace('T', ' ')}${/Z$/.test(iso) ? ' UTC' : ''}`;

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
