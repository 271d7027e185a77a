import { randomInt } from 'node:crypto';
import type { Chats, Question } from '../../client/chats.js';
import { NOTHING_WRITTEN, type Reply } from '../../contract/chat.js';
import { newId } from '../../contract/ids.js';
import type { Archive } from '../../services/archive/archive.js';

type Answer = Omit<Reply, 'chatId' | 'turn'>;

/** What readers asked, in order, and what they are answered: a test sets `answer` to cite, to refuse or to wait. */
export interface ToldChats extends Pick<Chats, 'ask' | 'delete'> {
  readonly asked: Question[];
  /** The ids of conversations that were ended for good. */
  readonly deleted: string[];
  answer: (question: Question) => Answer | Promise<Answer>;
}

export const NOTHING: Answer = {
  ...{ answer: NOTHING_WRITTEN, outcome: 'nothing_found' },
  ...{ citations: [], offline: false },
};

/** The client's side of conversations. @param kept where their turns are stored; nowhere when left out */
export function toldChats(kept?: { chats: Archive['chats']; now: () => Date }): ToldChats {
  const turns = new Map<string, number>();
  const told: ToldChats = {
    asked: [],
    deleted: [],
    answer: () => NOTHING,
    async ask(asked) {
      told.asked.push(asked);
      const { account, question, visitor } = asked;
      const chatId = asked.chatId ?? asked.newChatId ?? newId((max) => randomInt(max));
      const turn = (turns.get(chatId) ?? 0) + 1;
      turns.set(chatId, turn);
      const answer = await told.answer(asked);
      const { citations, ...said } = answer;
      await kept?.chats.saveTurn({
        ...{ chatId, turn, account: account.handle, visitor, question },
        ...said,
        ...{ citedIds: citations.map(({ postId }) => postId), at: kept.now().toISOString() },
      });
      return { chatId, turn, ...answer };
    },
    delete: async (chatId) => void told.deleted.push(chatId),
  };
  return told;
}
