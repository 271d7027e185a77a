import { sql, type Kysely } from 'kysely';
import type { TurnOutcome } from '../../../contract/chat.js';
import type { Nano } from '../../../contract/money/nano.js';
import type { OpenQuestion } from '../../../contract/open-questions.js';
import { pageOf } from '../database.js';
import type { Schema } from '../schema.js';
import type { ArchivedChats } from './chats.js';

export const chatListIn = (db: Kysely<Schema>): Pick<ArchivedChats, 'findChat' | 'listChats'> => ({
  async findChat(id) {
    return (await chatSummaries(db).where('chats.id', '=', id).executeTakeFirst()) ?? null;
  },

  async listChats({ account, limit, cursor } = {}) {
    let chats = chatSummaries(db).orderBy('chats.created_at', 'desc').orderBy('chats.id', 'desc');
    if (account !== undefined) chats = chats.where('chats.account', '=', account);
    if (cursor !== undefined) {
      // One that was deleted meanwhile keeps its place too.
      chats = chats.where(
        sql<boolean>`(chats.created_at, chats.id) < (select created_at, id from chats where id = ${cursor})`,
      );
    }
    if (limit !== undefined) chats = chats.limit(limit + 1);
    const { rows, next } = pageOf(await chats.execute(), limit);
    return { chats: rows, next };
  },
});

/** Conversations that were not deleted, and of which a turn is here. */
const chatSummaries = (db: Kysely<Schema>) =>
  db
    .selectFrom('chats')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('chat_turns')
          .select(sql<number>`count(*)`.as('turns'))
          .select(sql<string>`max(at)`.as('lastAt'))
          .select(sql<string>`(array_agg(question order by turn))[1]`.as('question'))
          .select(sql<boolean>`bool_or(offline)`.as('offline'))
          .whereRef('chat_turns.chat_id', '=', 'chats.id')
          .as('said'),
      (join) => join.on('said.turns', '>', 0),
    )
    .select(['chats.id', 'chats.account', 'chats.created_at as createdAt'])
    .select(['said.lastAt', 'said.turns', 'said.question', 'said.offline', cost.as('cost')])
    .where('chats.deleted_at', 'is', null);

const cost = sql<Nano>`(
  select coalesce(sum(amount), 0)::int8 from charges
  where charges.chat_id = chats.id and not charges.offline and basis <> 'unknown'
)`;

export const openQuestionsIn = (db: Kysely<Schema>): Pick<ArchivedChats, 'listOpenQuestions'> => ({
  async listOpenQuestions(account, limit) {
    const newest = db
      .selectFrom('chat_turns')
      .distinctOn(ASKED)
      .select(['chat_id as chatId', 'turn', 'question', 'at', 'outcome'])
      .where('account', '=', account)
      .where('outcome', '<>', 'flagged')
      .orderBy(ASKED)
      .orderBy('at', 'desc');
    const rows = await db
      .selectFrom(newest.as('newest'))
      .select(['chatId', 'turn', 'question', 'at'])
      .where('outcome', 'in', OPEN)
      .orderBy('at', 'desc')
      .orderBy('chatId')
      .orderBy('turn')
      .limit(limit)
      .execute();
    return eachOnce(rows);
  },
});

/** One that was answered the last time that it was asked is open no more. */
const OPEN: readonly TurnOutcome[] = ['nothing_found', 'declined'];

/** The same for one question however it is spaced, and in any case of the letters whose cases the database knows. */
const ASKED = sql<string>`lower(trim(regexp_replace(question, '\\s+', ' ', 'g')))`;

/** The database may know no letter outside ASCII. */
function eachOnce(questions: readonly OpenQuestion[]): OpenQuestion[] {
  const asked = new Set<string>();
  return questions.filter(({ question }) => {
    const folded = question.trim().replace(/\s+/g, ' ').toLowerCase();
    const isNew = !asked.has(folded);
    asked.add(folded);
    return isNew;
  });
}
