import type { Kysely } from 'kysely';
import type { ArchiveLine, LoadedRows } from './lines.js';
import { LINE_TABLES, type LineTable } from './line-tables.js';
import { writeRows } from './load-rows.js';
import { readLines } from './read-lines.js';
import type { Schema } from '../schema.js';
import { Spool } from './spool.js';

/** Rows of one table that are written in one transaction. */
const ROWS_A_PAGE = 100;

interface Page {
  readonly table: LineTable['name'];
  readonly rows: ArchiveLine['row'][];
}

/**
 * Loads the lines of a dump. Every one is read and checked before the first is written, so that a dump with a bad line
 * changes nothing. Then each page is a transaction of its own and others get their turns; a load that is interrupted may be
 * repeated.
 *
 * @throws UnreadableLine
 */
export async function load(
  db: Kysely<Schema>,
  lines: AsyncIterable<unknown> | Iterable<unknown>,
): Promise<LoadedRows> {
  const loaded = Object.fromEntries(LINE_TABLES.map(({ name }) => [name, { read: 0, written: 0 }]));
  const spool = await Spool.open<Page>();
  try {
    for await (const page of pagesOf(lines)) await spool.add(page);
    for await (const { table, rows } of spool.pages()) {
      const counts = loaded[table]!;
      counts.read += rows.length;
      counts.written += await writeRows(
        db,
        LINE_TABLES.find(({ name }) => name === table)!,
        rows,
      );
    }
    return loaded;
  } finally {
    await spool.close();
  }
}

async function* pagesOf(lines: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<Page> {
  let page: Page | null = null;
  for await (const { table, row } of readLines(lines)) {
    if (page && (page.table !== table || page.rows.length === ROWS_A_PAGE)) {
      yield page;
      page = null;
    }
    page ??= { table, rows: [] };
    page.rows.push(row);
  }
  if (page) yield page;
}
