import type { Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import type { ArchivedChats } from './chats.js';
import { chatListIn } from './chat-list.js';
import { deleteChatIn } from './delete-chat.js';
import { openQuestionsIn } from './open-questions.js';
import { saveTurnIn } from './save-turn.js';
import { turnsIn } from './turns.js';

export const createChats = (db: Kysely<Schema>): ArchivedChats => ({
  ...saveTurnIn(db),
  ...turnsIn(db),
  ...chatListIn(db),
  ...deleteChatIn(db),
  ...openQuestionsIn(db),
});
