import { sql, type Kysely } from 'kysely';
import type { TurnOutcome } from '../../../contract/chat.js';
import type { OpenQuestion } from '../../../contract/open-questions.js';
import type { Schema } from '../schema.js';
import type { ArchivedChats } from './chats.js';

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
