import { sql, type Kysely, type Transaction } from 'kysely';
import type { Citation, Turn } from '../../../contract/chat.js';
import { storable } from '../database.js';
import type { Schema } from '../schema.js';
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
  { chatId, turn, account, visitor, question, answer, outcome, offline, at, offeredIds = [] }: NewTurn,
): Promise<boolean> {
  const written = await trx
    .insertInto('chat_turns')
    .values({
      ...{ chat_id: chatId, turn, account, visitor, question, answer, outcome, offline, at },
      offered: JSON.stringify(offeredIds),
    })
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

export const turnsIn = (
  db: Kysely<Schema>,
): Pick<ArchivedChats, 'listTurns' | 'listLastTurns' | 'findTurn'> => ({
  async listTurns(chatId) {
    return withCitations(db, chatId, await turnsOf(db, chatId).orderBy('turn').execute());
  },

  async listLastTurns(chatId, limit) {
    const turns = await turnsOf(db, chatId).orderBy('turn', 'desc').limit(limit).execute();
    return withCitations(db, chatId, turns.toReversed());
  },

  async findTurn(chatId, turn) {
    // It may come from an address, and what is no int4 is refused by the database.
    if (!Number.isInteger(turn) || turn < 1 || turn > MOST_INT4) return null;
    const found = await turnsOf(db, chatId).where('turn', '=', turn).execute();
    return (await withCitations(db, chatId, found))[0] ?? null;
  },
});

const MOST_INT4 = 2_147_483_647;

const turnsOf = (db: Kysely<Schema>, chatId: string) =>
  db
    .selectFrom('chat_turns')
    .select(['turn', 'visitor', 'question', 'answer', 'outcome', 'offline', 'at', 'offered'])
    .where('chat_id', '=', chatId);

/** Of these posts those that are public now, the newest first. */
const publicPosts = (db: Kysely<Schema>, ids: readonly string[]): Promise<Citation[]> =>
  db
    .selectFrom('publications')
    .innerJoin('posts', 'posts.id', 'publications.post_id')
    .select(['publications.post_id as postId', 'publications.url'])
    .select(sql<string>`publications.edition->>'title'`.as('title'))
    .where('publications.post_id', 'in', ids)
    .where('publications.target', '=', 'feed')
    .where('publications.removed_at', 'is', null)
    .where('posts.status', '<>', 'unpublished')
    .orderBy('publications.at', 'desc')
    .orderBy('publications.post_id')
    .execute();

type TurnRow = Awaited<ReturnType<ReturnType<typeof turnsOf>['execute']>>[number];

async function withCitations(db: Kysely<Schema>, chatId: string, turns: readonly TurnRow[]): Promise<Turn[]> {
  if (turns.length === 0) return [];
  const cited = await db
    .selectFrom('citations')
    .select(['turn', 'post_id as postId'])
    .where('chat_id', '=', chatId)
    .where(
      'turn',
      'in',
      turns.map(({ turn }) => turn),
    )
    .execute();
  const ids = [...cited.map(({ postId }) => postId), ...turns.flatMap(({ offered }) => offered)];
  const posts = ids.length > 0 ? await publicPosts(db, [...new Set(ids)]) : [];
  return turns.map(({ offered: offeredIds, ...one }) => {
    const ofTurn = new Set(cited.flatMap(({ turn, postId }) => (turn === one.turn ? [postId] : [])));
    const citations = posts.filter(({ postId }) => ofTurn.has(postId));
    const offered = offeredIds.flatMap((id) => posts.find(({ postId }) => postId === id) ?? []);
    return { ...one, citations, ...(offered.length > 0 && { offered }) };
  });
}

export const deleteChatIn = (db: Kysely<Schema>): Pick<ArchivedChats, 'deleteChat'> => ({
  /** What stays of it says that nothing more is to be kept of it. */
  deleteChat: (id, at) =>
    db.transaction().execute(async (trx) => {
      const deleted = await trx
        .updateTable('chats')
        .set({ deleted_at: at })
        .where('id', '=', id)
        .where('deleted_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!deleted) return false;
      await trx.deleteFrom('chat_turns').where('chat_id', '=', id).execute();
      await trx.deleteFrom('citations').where('chat_id', '=', id).execute();
      return true;
    }),
});
