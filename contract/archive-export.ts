import { jsonExcess } from './json-bounds.js';

/** The exported archive as it goes over HTTP and stands in a file: a row a line, and a last line that counts them. */
export const EXPORT_TYPE = 'application/x-ndjson';

/** Of one line, in characters: Temporal lets no document grow over 2 MB, and a row holds one with its columns. */
const LONGEST_LINE = 4 * 1024 * 1024;
/** Of one line: a batch of 2,000 posts holds a third of the values, and no document of ours is nested ten deep. */
const BOUNDS = { depth: 40, values: 100_000 };

/** An export that can't be read: which line, and why. */
export class ExportError extends Error {
  override name = 'ExportError' as const;
  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
  }
}

export interface ExportLine {
  /** As it stands, without the line break. */
  readonly text: string;
  readonly row: { readonly table: string };
}

const END = 'end';

/** The last line of an export of so many lines: without it, one that broke off would look whole. */
export const endLine = (lines: number): string => JSON.stringify({ table: END, row: { lines } });

/** The lines of an export but the last, which must be there and agree. @throws ExportError */
export async function* readExport(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ExportLine> {
  let count = 0;
  let ended = false;
  for await (const text of textLines(chunks)) {
    count += 1;
    if (ended) throw new ExportError(count, 'it stands after the last line of the export');
    const row = parseLine(text, count);
    if (row.table !== END) yield { text, row };
    else ended = isEnd(row, count);
  }
  if (count === 0) throw new ExportError(1, 'it is empty, and no export');
  if (!ended) throw new ExportError(count + 1, 'the export breaks off here; export it again');
}

function parseLine(text: string, line: number): { table: string; row?: unknown } {
  const excess = jsonExcess(text, BOUNDS);
  if (excess !== null) throw new ExportError(line, `${excess}, and no line of an export does`);
  try {
    const value = JSON.parse(text) as { table?: unknown } | null;
    if (typeof value?.table === 'string') return value as { table: string };
  } catch {
    throw new ExportError(line, 'it is not JSON, so this is no export of an archive');
  }
  throw new ExportError(line, 'it names no table, so this is no export of an archive');
}

function isEnd({ row }: { row?: unknown }, line: number): true {
  const lines = (row as { lines?: unknown } | undefined)?.lines;
  if (lines === line - 1) return true;
  throw new ExportError(
    line,
    `the export had ${String(lines)} lines and ${line - 1} are there; export it again`,
  );
}

/** @throws ExportError for what is not UTF-8, and for a line that is too long */
async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let parts: string[] = [];
  let length = 0;
  const add = (text: string): void => {
    parts.push(text);
    length += text.length;
    if (length > LONGEST_LINE) throw new ExportError(line, 'it is longer than any line of an export');
  };
  for await (const chunk of chunks) {
    const [first = '', ...others] = decode(decoder, chunk, line).split('\n');
    add(first);
    for (const other of others) {
      yield parts.join('');
      line += 1;
      [parts, length] = [[], 0];
      add(other);
    }
  }
  add(decode(decoder, undefined, line));
  if (length > 0) yield parts.join('');
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  chunk: Uint8Array | undefined,
  line: number,
): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new ExportError(line, 'it is not UTF-8 text, so this is no export of an archive');
  }
}
