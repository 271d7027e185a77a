import type { ColumnType, Selectable } from 'kysely';
import type { z } from 'zod';
import type { Nano } from '../../contract/money/nano.js';
import type { batches, bills, charges, citations, posts, publications } from './tables.js';

export interface Schema {
  batches: Table<typeof batches, 'mix' | 'doc' | 'account_doc'>;
  posts: Table<typeof posts, 'doc', 'status_since'>;
  charges: Table<typeof charges>;
  reservations: ReservationTable;
  bills: Table<typeof bills, never, 'seen_at'>;
  publications: Table<typeof publications, 'edition'>;
  citations: Table<typeof citations>;
}

/**
 * A table as Kysely takes it. A `Json` column is read as a value and written as JSON text, which both drivers pass on as it
 * is; the database itself fills a `Dated` one when a row is inserted.
 */
type Table<
  Columns extends z.ZodObject,
  Json extends keyof z.output<Columns> = never,
  Dated extends keyof z.output<Columns> = never,
> = {
  [Name in keyof z.output<Columns>]: Name extends Json
    ? ColumnType<z.output<Columns>[Name], string, string>
    : Name extends Dated
      ? ColumnType<z.output<Columns>[Name], never, z.output<Columns>[Name]>
      : z.output<Columns>[Name];
};

/** What a paid call that is under way holds back from its budgets. One whose charge is written holds nothing. */
interface ReservationTable {
  key: string;
  account: string;
  planner: string;
  batch_id: string;
  post_id: string | null;
  /** Expected. */
  amount: Nano;
  /** The most that the call can cost, no less than `amount`. */
  most: Nano;
  offline: boolean;
  /** When its lease is over, by the database's clock. From then on it counts in no budget. */
  until: string;
}

export type ChargeRow = Selectable<Schema['charges']>;
