import type { Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import type { Records } from './records.js';

type Accounts = Pick<Records, 'findAccount' | 'findAccountOfPost' | 'listAccounts'>;

export const accountsIn = (db: Kysely<Schema>): Accounts => ({
  async findAccount(handle) {
    const row = await newestOfEach(db).where('account', '=', handle).executeTakeFirst();
    return row?.account_doc ?? null;
  },

  async findAccountOfPost(postId) {
    const row = await db
      .selectFrom('posts')
      .innerJoin('batches', 'batches.id', 'posts.batch_id')
      .select('batches.account_doc')
      .where('posts.id', '=', postId)
      .executeTakeFirst();
    return row?.account_doc ?? null;
  },

  async listAccounts() {
    return (await newestOfEach(db).execute()).map((row) => row.account_doc);
  },
});

/** Every account that has a batch, as its newest batch kept it, by handle. */
const newestOfEach = (db: Kysely<Schema>) =>
  db
    .selectFrom('batches')
    .distinctOn('account')
    .select('account_doc')
    .orderBy('account')
    .orderBy('created_at', 'desc')
    .orderBy('id');
