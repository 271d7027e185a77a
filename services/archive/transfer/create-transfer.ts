import type { Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import { dump } from './dump.js';
import { load } from './load.js';
import type { Transfer } from './transfer.js';

export const createTransfer = (db: Kysely<Schema>): Transfer => ({
  dump: () => dump(db),
  load: (lines) => load(db, lines),
});
