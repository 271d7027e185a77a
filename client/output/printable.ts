/** Model text and server text, made safe for a terminal: no escape sequences, no marks that reorder the line. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

/** As one line. */
export const printableLine = (text: string): string =>
  text.replace(UNSAFE, ' ').replace(/ {2,}/g, ' ').trim();

/** Keeping its line breaks. */
export const printableText = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(UNSAFE, ' '))
    .join('\n');

/** As one line of at most `width` characters. */
export function clipped(text: string, width: number): string {
  const characters = [...printableLine(text)];
  return characters.length <= width ? characters.join('') : `${characters.slice(0, width - 1).join('')}…`;
}
