import { sql, type Kysely } from 'kysely';
import type { Nano } from '../../../contract/money/nano.js';
import { pageOf } from '../records/page.js';
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
