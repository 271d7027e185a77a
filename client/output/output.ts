import pc from 'picocolors';

/** picocolors' functions, which do nothing where colour is off. */
export type Colors = ReturnType<typeof pc.createColors>;

/** Where a command's result and its progress go. */
export interface Output {
  readonly json: boolean;
  /** For what goes to stdout. */
  readonly colors: Colors;
  /** The result: the document with --json, else what `human` makes of it. Called once a command. */
  result(document: unknown, human: () => string): void;
  /** A line of progress or a warning, on stderr. */
  note(line: string): void;
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

/** Writes to the process's streams; only stdout ever carries a result. */
export function createOutput(json: boolean, stdout: Stream, stderr: Stream): Output {
  return {
    json,
    colors: colorsFor(stdout),
    result(document, human) {
      const text = json ? JSON.stringify(document) : human();
      if (text !== '') stdout.write(`${text}\n`);
    },
    note(line) {
      stderr.write(`${line}\n`);
    },
  };
}

/** Colour only on a terminal that takes it; NO_COLOR (https://no-color.org) turns it off. */
export const colorsFor = (stream: Stream, env: NodeJS.ProcessEnv = process.env): Colors =>
  pc.createColors(Boolean(stream.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb');
