import type { Citation } from '../../contract/chat.js';
import type { Ask } from './request.js';

/** What an account answers. */
export interface HttpAnswer {
  /** Names the conversation in the next question. */
  readonly chatId: string;
  readonly answer: string;
  /** None where no post of the account has an answer. */
  readonly citations: readonly Citation[];
  /** At most three posts to read instead, where nothing was answered or asked. */
  readonly offered?: readonly Citation[];
}

/** An answer takes a model's time, which the desk waits for. */
const ANSWER_MS = 130_000;

/** Conversations with the accounts, over HTTP. */
export class HttpChats {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /**
   * Asks an account that has a chat, and waits for its answer.
   *
   * @param asked.account its handle
   * @param asked.question 1 to 2,000 characters
   * @param asked.chatId the conversation to continue; a new one when left out
   * @throws UsageError, DeskRefusal with status 404 for an account without a chat and an unknown conversation, and with 429
   *   for too many questions and a budget that is used up
   */
  ask(asked: {
    readonly account: string;
    readonly question: string;
    readonly chatId?: string;
  }): Promise<HttpAnswer> {
    return this.#ask.post('/api/chats', asked, ANSWER_MS);
  }
}
