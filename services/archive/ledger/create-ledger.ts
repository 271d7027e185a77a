import type { Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import { billsIn } from './bills.js';
import { openCharges } from './charges.js';
import { costsIn } from './costs.js';
import type { Ledger } from './ledger.js';
import { reservationsIn } from './reservations.js';

export const createLedger = (db: Kysely<Schema>): Ledger => ({
  ...reservationsIn(db),
  ...openCharges(db),
  ...costsIn(db),
  ...billsIn(db),
});
