import type { Ledger } from './ledger/ledger.js';
import type { Records } from './records/records.js';
import type { Transfer } from './transfer/transfer.js';

/** What outlives the workflows: batches, posts, charges and publications. Every write can be repeated. */
export interface Archive {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly transfer: Transfer;
  /** Brings the schema up to date. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}
