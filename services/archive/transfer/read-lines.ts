import { z } from 'zod';
import { checkHeader } from './dump-header.js';
import type { ArchiveLine } from './transfer.js';
import { LINE_TABLES, type LineTable } from './line-tables.js';
import { UnreadableLine } from './unreadable-line.js';

const anyLine = z.strictObject({ table: z.string(), row: z.record(z.string(), z.unknown()) });

interface Line extends ArchiveLine {
  readonly table: LineTable['name'];
}

/** The rows of a dump, each held to its table's shape. @throws UnreadableLine, naming the line, the table and the field */
export async function* readLines(lines: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<Line> {
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (number === 1) checkHeader(line);
    else yield readLine(line, number);
  }
  if (number === 0) checkHeader(undefined);
}

function readLine(line: unknown, number: number): Line {
  const read = anyLine.safeParse(line);
  if (!read.success)
    throw new UnreadableLine(number, `expected a table and its row; ${problemOf(read.error)}`);
  const { table: name, row } = read.data;
  const table = LINE_TABLES.find((one) => one.name === name);
  if (!table) {
    const known = LINE_TABLES.map((one) => one.name).join(', ');
    throw new UnreadableLine(number, `table ${JSON.stringify(name.slice(0, 60))} is not one of ${known}`);
  }
  const checked = table.row.safeParse(row);
  if (!checked.success) throw new UnreadableLine(number, `${name}: ${problemOf(checked.error)}`);
  return { table: table.name, row };
}

/** Only the first: what is wrong with a row comes in one line. */
function problemOf({ issues }: z.ZodError): string {
  const { path, message } = issues[0]!;
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}
