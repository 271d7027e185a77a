import type { Kysely, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { ArchiveLine } from './transfer.js';
import type { LineTable } from './line-tables.js';
import { lockAccount } from '../lock.js';
import { sumPlanCosts } from '../ledger/sum-plan-costs.js';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';

type Row = ArchiveLine['row'];

/** Writes rows of one table in one transaction. @returns how many changed the archive */
export function writeRows(db: Kysely<Schema>, table: LineTable, rows: readonly Row[]): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const planned = plannedIn(table, rows);
    for (const account of planned.accounts) await lockAccount(trx, account);
    const { numAffectedRows = 0n } = await insert(table, rows).execute(trx);
    if (planned.batches.length > 0) await sumPlanCosts(trx, planned.batches);
    return Number(numAffectedRows);
  });
}

/** The batches whose planning these rows are part of, and their accounts, in one order for all who lock them. */
function plannedIn({ name }: LineTable, rows: readonly Row[]): { batches: string[]; accounts: string[] } {
  const of = rows.filter((row) => name === 'batches' || (name === 'charges' && row['post_id'] === null));
  const each = (values: unknown[]): string[] => [...new Set(values.map(String))].sort();
  return {
    batches: each(of.map((row) => row[name === 'batches' ? 'id' : 'batch_id'])),
    accounts: each(of.map((row) => row['account'])),
  };
}

function insert({ name, key, row, replaced }: LineTable, rows: readonly Row[]): RawBuilder<unknown> {
  const table = sql.table(name);
  const columns = Object.keys(row.shape);
  const list = sql.join(columns.map((column) => sql.ref(column)));
  const keys = sql.join(key.map((column) => sql.ref(column)));
  // Of two lines of one row the one that counts; one statement can't write a row twice.
  const order = replaced ? sql`${keys}, sequence desc` : keys;
  return sql`
    insert into ${table} (${list})
    select distinct on (${keys}) ${list}
    from jsonb_populate_recordset(null::${table}, ${JSON.stringify(storable(rows))}::jsonb)
    order by ${order}
    on conflict (${keys}) do ${replaced ? update(name, columns, key) : sql`nothing`}
  `;
}

/** Everything of a later record but its plan_cost, which is summed from the charges that are here. */
function update(name: string, columns: readonly string[], key: readonly string[]): RawBuilder<unknown> {
  const kept = new Set([...key, 'plan_cost']);
  const set = columns
    .filter((column) => !kept.has(column))
    .map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
  return sql`update set ${sql.join(set)} where ${sql.ref(`${name}.sequence`)} < excluded.sequence`;
}
