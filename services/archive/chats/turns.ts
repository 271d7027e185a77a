import { sql, type Kysely } from 'kysely';
import type { Turn } from '../../../contract/chat.js';
import type { Schema } from '../schema.js';
import type { ArchivedChats } from './chats.js';

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
    .select(['turn', 'visitor', 'question', 'answer', 'outcome', 'offline', 'at'])
    .where('chat_id', '=', chatId);

/** Of posts that are public now. */
const citationsOf = (db: Kysely<Schema>, chatId: string, turns: readonly number[]) =>
  db
    .selectFrom('citations')
    .innerJoin('publications', 'publications.post_id', 'citations.post_id')
    .innerJoin('posts', 'posts.id', 'citations.post_id')
    .select(['citations.turn', 'citations.post_id as postId', 'publications.url'])
    .select(sql<string>`publications.edition->>'title'`.as('title'))
    .where('citations.chat_id', '=', chatId)
    .where('citations.turn', 'in', turns)
    .where('publications.target', '=', 'feed')
    .where('publications.removed_at', 'is', null)
    .where('posts.status', '<>', 'unpublished')
    .orderBy('publications.at', 'desc')
    .orderBy('citations.post_id')
    .execute();

async function withCitations(
  db: Kysely<Schema>,
  chatId: string,
  turns: readonly Omit<Turn, 'citations'>[],
): Promise<Turn[]> {
  if (turns.length === 0) return [];
  const numbers = turns.map(({ turn }) => turn);
  const cited = await citationsOf(db, chatId, numbers);
  return turns.map((one) => ({
    ...one,
    citations: cited
      .filter(({ turn }) => turn === one.turn)
      .map(({ postId, title, url }) => ({ postId, title, url })),
  }));
}
