import pc from 'picocolors';
import { shown, shownJson } from '../../contract/shown.js';
import { colouredText } from './printable.js';

/** picocolors' functions, which do nothing where colour is off. */
export type Colors = ReturnType<typeof pc.createColors>;

/** Where a command's result and its progress go. */
export interface Output {
  readonly json: boolean;
  /** For what goes to stdout. */
  readonly colors: Colors;
  /** The result: the document with --json, else what `human` makes of it for so many columns. Called once a command. */
  result(document: unknown, human: (width: number) => string): void;
  /** A line of progress or a warning, on stderr. */
  note(line: string): void;
  /** How it failed: a note, and with --json the document too. */
  failure(failure: { readonly message: string; readonly field?: string }): void;
  /** A line of JSON of a result that is too long to hold; waits until a pipe has taken what it was given. */
  line(json: string): Promise<void>;
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY'> & { readonly columns?: number };

/**
 * The only place of the command that writes to the process's streams, of which only stdout ever carries a result. Nothing that
 * came from outside steers the terminal.
 */
export function createOutput(json: boolean, stdout: Stream, stderr: Stream): Output {
  const print = (document: unknown): void => void stdout.write(`${shownJson(JSON.stringify(document))}\n`);
  const note = (line: string): void => void stderr.write(`${shown(line)}\n`);
  return {
    json,
    colors: colorsFor(stdout),
    result(document, human) {
      if (json) return print(document);
      // A pipe has no width: what reads it wants the whole of each line.
      const text = human(stdout.isTTY ? (stdout.columns ?? Infinity) : Infinity);
      if (text !== '') stdout.write(`${colouredText(text)}\n`);
    },
    note,
    failure({ message, field }) {
      if (json) print({ error: { message, field } });
      note(message);
    },
    line: (text) => new Promise((taken) => stdout.write(`${shownJson(text)}\n`, () => taken())),
  };
}

/** Colour only on a terminal that takes it; NO_COLOR (https://no-color.org) turns it off. */
export const colorsFor = (stream: Stream, env: NodeJS.ProcessEnv = process.env): Colors =>
  pc.createColors(Boolean(stream.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb');

const EVERY_MS = 5_000;

/** Says at most every 5 seconds how far something is; what is over sooner is not talked about. */
export function createPace(output: Output): (line: () => string) => void {
  let last = performance.now();
  return (line) => {
    if (performance.now() - last < EVERY_MS) return;
    last = performance.now();
    output.note(line());
  };
}
