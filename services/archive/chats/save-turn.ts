import { sql, type Kysely, type Transaction } from 'kysely';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';
import type { ArchivedChats, NewTurn } from './chats.js';

export const saveTurnIn = (db: Kysely<Schema>): Pick<ArchivedChats, 'saveTurn'> => ({
  saveTurn: (turn) =>
    db.transaction().execute(async (trx) => {
      const said = storable(turn);
      if (await isDeleted(trx, said)) return false;
      // What was written first stands, with the citations that came with it.
      if (await insertTurn(trx, said)) await insertCitations(trx, said);
      return true;
    }),
});

/** Makes the conversation where this is its first turn, and holds its row, so that nobody deletes it meanwhile. */
async function isDeleted(trx: Transaction<Schema>, { chatId, account, at }: NewTurn): Promise<boolean> {
  const chat = await trx
    .insertInto('chats')
    .values({ id: chatId, account, created_at: at, deleted_at: null })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ id: sql.ref('excluded.id') }))
    .returning('deleted_at')
    .executeTakeFirstOrThrow();
  return chat.deleted_at !== null;
}

async function insertTurn(
  trx: Transaction<Schema>,
  { chatId, turn, account, visitor, question, answer, outcome, offline, at }: NewTurn,
): Promise<boolean> {
  const written = await trx
    .insertInto('chat_turns')
    .values({ chat_id: chatId, turn, account, visitor, question, answer, outcome, offline, at })
    .onConflict((conflict) => conflict.columns(['chat_id', 'turn']).doNothing())
    .returning('turn')
    .executeTakeFirst();
  return written !== undefined;
}

async function insertCitations(
  trx: Transaction<Schema>,
  { chatId, turn, question, at, citedIds }: NewTurn,
): Promise<void> {
  if (citedIds.length === 0) return;
  await trx
    .insertInto('citations')
    .values(citedIds.map((postId) => ({ chat_id: chatId, turn, post_id: postId, question, at })))
    .onConflict((conflict) => conflict.columns(['chat_id', 'turn', 'post_id']).doNothing())
    .execute();
}
