import { type Kysely, type RawBuilder, type Transaction, sql } from 'kysely';
import { sumPlanCosts } from '../ledger/charges.js';
import { NOW, storable } from '../database.js';
import { lock, moneyOf, slotsOf } from '../locks.js';
import type { Schema } from '../schema.js';
import { LINE_TABLES, type LineTable, readLines } from './lines.js';
import { Spool } from './spool.js';
import type { ArchiveLine, LoadedRows } from './transfer.js';

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

type Row = ArchiveLine['row'];

/** Writes rows of one table in one transaction. @returns how many changed the archive */
function writeRows(db: Kysely<Schema>, table: LineTable, rows: readonly Row[]): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const planned = plannedIn(table, rows);
    for (const account of planned.accounts) await lock(trx, moneyOf(account));
    for (const account of scheduledIn(table, rows)) await lock(trx, slotsOf(account));
    if (table.said) await lockChats(trx, rows);
    const { numAffectedRows = 0n } = await insert(table, rows).execute(trx);
    if (planned.batches.length > 0) await sumPlanCosts(trx, planned.batches);
    if (table.name === 'chats') await forgetDeleted(trx, rows);
    return Number(numAffectedRows);
  });
}

/** The batches whose planning these rows are part of, and their accounts, in one order for all who lock them. */
function plannedIn({ name }: LineTable, rows: readonly Row[]): { batches: string[]; accounts: string[] } {
  const of = rows.filter((row) => name === 'batches' || (name === 'charges' && row['post_id'] === null));
  return {
    batches: each(of.map((row) => row[name === 'batches' ? 'id' : 'batch_id'])),
    accounts: each(of.map((row) => row['account'])),
  };
}

/** Holds the conversations of these rows, so that nobody deletes one meanwhile. */
async function lockChats(trx: Transaction<Schema>, rows: readonly Row[]): Promise<void> {
  const ids = each(rows.map((row) => row['chat_id']));
  await sql`select from chats where id in (${sql.join(ids)}) order by id for share`.execute(trx);
}

/** What was said here in a conversation that was deleted there. */
async function forgetDeleted(trx: Transaction<Schema>, rows: readonly Row[]): Promise<void> {
  const deleted = each(rows.filter((row) => row['deleted_at'] !== null).map((row) => row['id']));
  if (deleted.length === 0) return;
  await trx.deleteFrom('chat_turns').where('chat_id', 'in', deleted).execute();
  await trx.deleteFrom('citations').where('chat_id', 'in', deleted).execute();
}

/** The accounts whose slots these are, in one order for all who lock them. */
const scheduledIn = ({ name }: LineTable, rows: readonly Row[]): string[] =>
  name === 'slots' ? each(rows.map((row) => row['account'])) : [];

const each = (values: unknown[]): string[] => [...new Set(values.map(String))].sort();

function insert(
  { name, key, row, replaced, dated, filled, said }: LineTable,
  rows: readonly Row[],
): RawBuilder<unknown> {
  const table = sql.table(name);
  const columns = Object.keys(row.shape);
  const list = sql.join(columns.map((column) => sql.ref(column)));
  const values = sql.join(
    columns.map((column) => (name === 'slots' && column === 'beside' ? BESIDE : sql.ref(column))),
  );
  const keys = sql.join(key.map((column) => sql.ref(column)));
  // Of two lines of one row the one that counts; one statement can't write a row twice.
  const order = replaced ? sql`${keys}, sequence desc` : keys;
  return sql`
    insert into ${table} (${list})
    select distinct on (${keys}) ${values}
    from jsonb_populate_recordset(null::${table}, ${JSON.stringify(storable(rows))}::jsonb) as line
    ${said ? NOT_DELETED : sql``}
    order by ${order}
    on conflict (${keys}) do ${
      replaced ? update({ name, key, dated }, columns) : filled ? fill(name, filled) : sql`nothing`
    }
  `;
}

const NOT_DELETED = sql`
  where not exists (select from chats where chats.id = line.chat_id and chats.deleted_at is not null)
`;

/** A moment has one post: where one of here has it, or one of two lines, the other goes out beside it. */
const BESIDE = sql`
  line.beside
  or dense_rank() over (partition by line.account, line.at, line.beside order by line.post_id) > 1
  or exists (
    select from slots
    where slots.account = line.account and slots.at = line.at and not slots.beside and slots.post_id <> line.post_id
  ) as beside
`;

/** Everything of a later record but its plan_cost, which is summed from the charges that are here. */
function update(
  { name, key, dated }: Pick<LineTable, 'name' | 'key' | 'dated'>,
  columns: readonly string[],
): RawBuilder<unknown> {
  const kept = new Set([...key, 'plan_cost']);
  const set = columns
    .filter((column) => !kept.has(column))
    .map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
  if (dated) set.push(sql`changed_at = ${NOW}`);
  return sql`update set ${sql.join(set)} where ${sql.ref(`${name}.sequence`)} < excluded.sequence`;
}

function fill(name: string, column: string): RawBuilder<unknown> {
  const [here, there] = [sql.ref(`${name}.${column}`), sql.ref(`excluded.${column}`)];
  return sql`update set ${sql.ref(column)} = ${there} where ${here} is null and ${there} is not null`;
}
