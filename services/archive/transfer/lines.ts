import { z } from 'zod';
import { LATEST_MIGRATION } from '../migrate.js';
import type { Schema } from '../schema.js';
import {
  batches,
  bills,
  charges,
  chats,
  chatTurns,
  citations,
  newsOffers,
  posts,
  publications,
  revisions,
  slots,
} from '../tables.js';
import type { ArchiveLine } from './transfer.js';

/** A key of the line may be named, however long it is. */
const LONGEST_PROBLEM = 400;

/** A line of a dump that can't be loaded: which one, and why. */
export class UnreadableLine extends Error {
  override name = 'UnreadableLine' as const;
  /** @param line counted from 1 */
  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem.slice(0, LONGEST_PROBLEM)}`);
  }
}

/** A table as it stands in a dump. */
export interface LineTable {
  readonly name: keyof Schema;
  /** Its primary key, which is the order of the dump. */
  readonly key: readonly [string, ...string[]];
  readonly row: z.ZodObject;
  /** Whether a row with a later `sequence` replaces an earlier one; else the first one stays. */
  readonly replaced: boolean;
  /** Whether its rows say when they were last written, which no dump has. */
  readonly dated: boolean;
  /** A column that a later line fills where the row that is there has nothing in it. */
  readonly filled?: string;
  /** Whether its rows are what was said in a conversation: those of one that was deleted are left out. */
  readonly said?: boolean;
}

/** In the order in which they stand in a dump: a conversation before what was said in it. */
export const LINE_TABLES: readonly LineTable[] = [
  { name: 'batches', key: ['id'], row: batches, replaced: true, dated: true },
  { name: 'posts', key: ['id'], row: posts, replaced: true, dated: true },
  { name: 'revisions', key: ['post_id', 'revision'], row: revisions, replaced: true, dated: false },
  { name: 'charges', key: ['key'], row: charges, replaced: false, dated: false },
  {
    name: 'publications',
    key: ['post_id', 'target'],
    row: publications,
    replaced: false,
    dated: false,
    filled: 'removed_at',
  },
  {
    name: 'chats',
    key: ['id'],
    row: chats,
    replaced: false,
    dated: false,
    filled: 'deleted_at',
  },
  { name: 'chat_turns', key: ['chat_id', 'turn'], row: chatTurns, replaced: false, dated: false, said: true },
  {
    name: 'citations',
    key: ['chat_id', 'turn', 'post_id'],
    row: citations,
    replaced: false,
    dated: false,
    said: true,
  },
  { name: 'bills', key: ['key'], row: bills, replaced: false, dated: false },
  { name: 'slots', key: ['post_id'], row: slots, replaced: true, dated: false },
  {
    name: 'news_offers',
    key: ['batch_id', 'url_key'],
    row: newsOffers,
    replaced: false,
    dated: false,
    filled: 'post_id',
  },
];

const VERSION = 1;

/** The first line of a dump: what it is, and of which schema. */
export const DUMP_HEADER: ArchiveLine = {
  table: 'copydesk',
  row: { version: VERSION, migration: LATEST_MIGRATION },
};

/** Loose, so that the header of a newer version can still be read and refused by its version. */
const header = z.object({
  table: z.literal('copydesk'),
  row: z.object({ version: z.int().positive(), migration: z.string().min(1) }),
});

/** @throws UnreadableLine when the line is no header, or that of a dump which only a newer Copydesk can read */
function checkHeader(line: unknown): void {
  const read = header.safeParse(line);
  if (!read.success) {
    throw new UnreadableLine(1, 'it is not the first line of a dump of an archive; export the archive again');
  }
  const { version, migration } = read.data.row;
  if (version > VERSION || migration > LATEST_MIGRATION) {
    throw new UnreadableLine(
      1,
      `the dump is of a newer Copydesk (version ${version}, schema ${migration}; this one reads up to version ` +
        `${VERSION}, schema ${LATEST_MIGRATION}); update Copydesk first`,
    );
  }
}

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
