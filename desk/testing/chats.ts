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

/** The rules of an account that answers readers. */
export const CHAT = { enabled: true, dailyBudget: 1_000_000_000 };

const answered = (outcome: Answer['outcome'], answer: string, citations: Answer['citations']): Answer => {
  return { outcome, answer, citations, offline: false };
};

export const NOTHING = answered('nothing_found', NOTHING_WRITTEN, []);

/** An answer that rests on posts of the sample account. */
export function citing(...ids: readonly string[]): Answer {
  const posts = 'http://127.0.0.1:8300/@harbor/posts';
  const citations = ids.map((postId) => ({ postId, title: 'x', url: `${posts}/${postId}` }));
  return answered('answered', 'The sea keeps the other time.', citations);
}

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
      const citedIds = citations.map(({ postId }) => postId);
      const from = { chatId, turn, account: account.handle, visitor, question };
      await kept?.chats.saveTurn({ ...from, ...said, citedIds, at: kept.now().toISOString() });
      return { chatId, turn, ...answer };
    },
    delete: async (chatId) => void told.deleted.push(chatId),
  };
  return told;
}
