import type { Kysely } from 'kysely';
import type { ArchiveLine, LoadedRows } from './transfer.js';
import { LINE_TABLES, type LineTable } from './line-tables.js';
import { writeRows } from './write-rows.js';
import { readLines } from './read-lines.js';
import type { Schema } from '../schema.js';
import { Spool } from './spool.js';

/** Rows of one table that are written in one transaction. */
const ROWS_A_PAGE = 100;
/** Of their JSON: a page is held in memory several times while it is written. A row may be longer, and is a page then. */
const CHARACTERS_A_PAGE = 4_000_000;

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
    for await (const json of pagesOf(lines)) await spool.add(json);
    for await (const page of spool.pages()) {
      const counts = loaded[page.table]!;
      counts.read += page.rows.length;
      counts.written += await writeRows(
        db,
        LINE_TABLES.find(({ name }) => name === page.table)!,
        page.rows,
      );
    }
    return loaded;
  } finally {
    await spool.close();
  }
}

/** Each page as the JSON that the spool keeps, of rows that were made JSON once, to tell how long they are. */
async function* pagesOf(lines: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<string> {
  let page: { readonly table: Page['table']; readonly rows: string[] } | null = null;
  let characters = 0;
  for await (const { table, row } of readLines(lines)) {
    const json = JSON.stringify(row);
    const isFull =
      page !== null && (page.rows.length === ROWS_A_PAGE || characters + json.length > CHARACTERS_A_PAGE);
    if (page && (isFull || page.table !== table)) {
      yield jsonOf(page);
      page = null;
    }
    if (!page) [page, characters] = [{ table, rows: [] }, 0];
    page.rows.push(json);
    characters += json.length;
  }
  if (page) yield jsonOf(page);
}

const jsonOf = ({ table, rows }: { table: Page['table']; rows: readonly string[] }): string =>
  `{"table":"${table}","rows":[${rows.join(',')}]}`;
