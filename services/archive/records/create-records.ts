import type { Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import { accountsIn } from './accounts.js';
import { batchesIn } from './batches.js';
import { postsIn } from './posts.js';
import { publicationsIn } from './publications.js';
import type { Records } from './records.js';

export const createRecords = (db: Kysely<Schema>): Records => ({
  ...batchesIn(db),
  ...postsIn(db),
  ...accountsIn(db),
  ...publicationsIn(db),
});
