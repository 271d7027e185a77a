import type { Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import type { ArchivedChats } from './chats.js';

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
