/** What of a value is repeated in a problem, in characters. */
const MOST = 60;

/** A text of a person's or a file's as one short line, for the problem that names it. */
export function shortened(text: string): string {
  const line = text.slice(0, 10 * MOST).replace(/\s+/g, ' ');
  return line.length > MOST ? `${line.slice(0, MOST - 3)}...` : line;
}
