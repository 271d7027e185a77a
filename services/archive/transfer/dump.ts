import { type Kysely, type Transaction, sql } from 'kysely';
import type { ArchiveLine } from './transfer.js';
import { LINE_TABLES, type LineTable, DUMP_HEADER } from './lines.js';
import type { Schema } from '../schema.js';
import { Spool } from './spool.js';

const ROWS_A_PAGE = 100;

/**
 * Every row but the reservations, which mean nothing to another moment. All are read in one transaction, so as of one moment,
 * into a temporary file, and handed out from there: a reader may be slow, and while a transaction is open the embedded
 * archive, which has one connection, lets nobody else write.
 */
export async function* dump(db: Kysely<Schema>): AsyncGenerator<ArchiveLine> {
  const spool = await Spool.open<readonly ArchiveLine[]>();
  try {
    await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((trx) => readAll(trx, spool));
    yield DUMP_HEADER;
    for await (const page of spool.pages()) yield* page;
  } finally {
    await spool.close();
  }
}

async function readAll(trx: Transaction<Schema>, spool: Spool<readonly ArchiveLine[]>): Promise<void> {
  for (const table of LINE_TABLES) {
    for await (const rows of pagesOf(trx, table)) {
      await spool.add(JSON.stringify(rows.map((row) => ({ table: table.name, row }))));
    }
  }
}

async function* pagesOf(
  trx: Transaction<Schema>,
  { name, key, row }: LineTable,
): AsyncGenerator<ArchiveLine['row'][]> {
  const all = sql.join(Object.keys(row.shape).map((column) => sql.ref(column)));
  const columns = sql.join(key.map((column) => sql.ref(column)));
  for (let last: ArchiveLine['row'] | undefined; ;) {
    const before = last;
    const next = before
      ? sql`where (${columns}) > (${sql.join(key.map((column) => before[column]))})`
      : sql``;
    const { rows } = await sql<ArchiveLine['row']>`
      select ${all} from ${sql.table(name)} ${next} order by ${columns} limit ${ROWS_A_PAGE}
    `.execute(trx);
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_A_PAGE) return;
    last = rows.at(-1);
  }
}
