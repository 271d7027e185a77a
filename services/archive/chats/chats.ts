import type { Turn } from '../../../contract/chat.js';
import type { OpenQuestion } from '../../../contract/open-questions.js';
import type { Nano } from '../../../contract/money/nano.js';
import type { PageQuery } from '../records/records.js';

/** A turn as it comes about. */
export interface NewTurn extends Omit<Turn, 'citations' | 'offered'> {
  readonly chatId: string;
  readonly account: string;
  /** The ids of the posts that it cites. */
  readonly citedIds: readonly string[];
  /** Of those that it offers instead of an answer, the nearest first; none when left out. */
  readonly offeredIds?: readonly string[];
}

/** A conversation, without its turns. Times are ISO 8601. */
export interface Chat {
  readonly id: string;
  readonly account: string;
  readonly createdAt: string;
  /** Of its last turn. */
  readonly lastAt: string;
  /** How many it has. */
  readonly turns: number;
  /** Its first question. */
  readonly question: string;
  /** Known charges of real providers, nano-USD. */
  readonly cost: Nano;
  /** A stand-in answered some of it. */
  readonly offline: boolean;
}

export interface ChatQuery extends PageQuery {
  readonly account?: string;
}

export interface ChatPage {
  readonly chats: readonly Chat[];
  /** The cursor of the next part; null for the last one. */
  readonly next: string | null;
}

/** Conversations as their workflows wrote them down. */
export interface ArchivedChats {
  /**
   * Stores a turn with what it cites. May be repeated: what was written first stands.
   *
   * @returns false where its conversation was deleted: nothing is stored then
   */
  saveTurn(turn: NewTurn): Promise<boolean>;
  /** Null for one that is unknown or was deleted. */
  findChat(id: string): Promise<Chat | null>;
  /** The first one first; of the citations those whose posts are still public. */
  listTurns(chatId: string): Promise<Turn[]>;
  /** The last ones of a conversation, the first of them first. */
  listLastTurns(chatId: string, limit: number): Promise<Turn[]>;
  /** One of them; null where there is none of that number. */
  findTurn(chatId: string, turn: number): Promise<Turn | null>;
  /** The newest first, by when they began. */
  listChats(query?: ChatQuery): Promise<ChatPage>;
  /**
   * Forgets what was said and which posts it cited, for good; what it cost stays.
   *
   * @param at ISO 8601
   * @returns false where it is unknown or was deleted before
   */
  deleteChat(id: string, at: string): Promise<boolean>;
  /** Questions that found no answer, the newest first; one that was asked in other case or spacing is one. */
  listOpenQuestions(account: string, limit: number): Promise<OpenQuestion[]>;
}
