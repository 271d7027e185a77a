import { randomInt, randomUUID } from 'node:crypto';
import type { Account } from '../contract/account.js';
import { CHAT_WORKFLOW, sayUpdate, type ChatInput, type Reply, type Say } from '../contract/chat.js';
import { CopydeskError, UsageError } from '../contract/errors.js';
import { chatWorkflowId, ID_PATTERN, newId } from '../contract/ids.js';
import type { OpenQuestion } from '../contract/open-questions.js';
import { priorityOf } from '../contract/priority.js';
import { QUEUES } from '../contract/task-queues.js';
import type { Calls } from './calls.js';
import { deleteRuns } from './delete-runs.js';
import { ChatOffError, UnansweredError, UnknownIdError } from './errors.js';
import { againIfInterrupted } from './wait.js';
import { listOpenQuestions } from './lists.js';
import { refusedTurn, wasNotHeard } from './refused-turn.js';
import { readTemporalFailure } from './temporal-failure.js';
import { TEXT_LIMITS } from '../contract/limits.js';

/** How long an answer is waited for, in ms: a search, two calls of a model, and a worker that was killed meanwhile. */
const PATIENCE_MS = 120_000;

/** As long as another call waits; a worker that has just started is known by then, in ms. */
const NO_WORKER_MS = 10_000;
/** The queues that a turn takes. */
const NEEDED = ['workflows', 'answer'] as const;

/** A question to an account. */
export interface Question {
  readonly account: Account;
  /** 1 to 2,000 characters. */
  readonly question: string;
  /** The conversation that it belongs to; a new one when left out. */
  readonly chatId?: string;
  /** The id that a new conversation gets; drawn when left out. */
  readonly newChatId?: string;
  /** Who asks, told by a hash: only they are reminded of what they asked before. */
  readonly visitor: string;
}

/** Conversations with the accounts of a Copydesk. */
export class Chats {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /**
   * Asks, and waits for the answer, up to two minutes. An account without `chat:` answers nobody.
   *
   * @throws UsageError for a question or chatId that can't be, ChatOffError, BudgetError before anything is paid,
   *   UnknownIdError for a conversation that was deleted, never was or is another account's, RefusedError with the reason,
   *   UnansweredError, NoWorkerError
   * @example const { answer } = await copydesk.chats.ask({ account, question: 'Why rye?', visitor: 'me' });
   */
  async ask(asked: Question): Promise<Reply> {
    const { account, chatId, newChatId } = asked;
    const question = checkedQuestion(asked);
    const id = chatId ?? newChatId ?? newId((max) => randomInt(max));
    if (chatId !== undefined) await this.#requireOwn(chatId, account.handle);
    const { models, language } = account;
    const say: Say = {
      question,
      language,
      visitor: asked.visitor,
      models: { chat: models.chat ?? models.draft, embedding: models.embedding ?? null },
    };
    const input: ChatInput = { id, account: account.handle, isNew: chatId === undefined };
    try {
      return await this.#say(input, say);
    } catch (error) {
      throw error instanceof CopydeskError ? error : this.#explained(id, account.handle, error);
    }
  }

  /**
   * Ends a conversation and forgets its history at Temporal: every run of it, however often it ended and was taken up again.
   * What the archive has of it is for its owner to delete first, so that an answer under way is not stored. One that Temporal
   * does not know is fine.
   *
   * @throws UsageError, NoTemporalError
   */
  async delete(chatId: string): Promise<void> {
    requireId(chatId);
    try {
      await this.#calls.within(() => deleteRuns(this.#calls.temporal, chatWorkflowId(chatId)));
    } catch (error) {
      throw this.#calls.explained(`deleting chat ${chatId}`, error);
    }
  }

  /** What readers asked an account and no post of it answers, the newest first, from the desk. @throws UsageError, DeskError */
  openQuestions(account: string, limit?: number): Promise<readonly OpenQuestion[]> {
    return listOpenQuestions(this.#calls.desk, account, limit);
  }

  /** One update: however often it is sent, the same run hears it once. */
  async #say(input: ChatInput, say: Say): Promise<Reply> {
    const { client } = this.#calls.temporal;
    const { WithStartWorkflowOperation } = await import('@temporalio/client');
    const { copydeskAccount } = await import('../contract/search-attributes.js');
    const updateId = randomUUID();
    const send = (): Promise<Reply> =>
      client.workflow.executeUpdateWithStart(sayUpdate, {
        args: [say],
        updateId,
        startWorkflowOperation: new WithStartWorkflowOperation(CHAT_WORKFLOW, {
          workflowId: chatWorkflowId(input.id),
          taskQueue: QUEUES.workflows,
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          args: [input],
          staticSummary: `Chat with @${input.account}`,
          priority: priorityOf(input.account, 'first'),
          typedSearchAttributes: [{ key: copydeskAccount, value: input.account }],
        }),
      });
    const given = new AbortController();
    const answer = client.withDeadline(Date.now() + PATIENCE_MS, () =>
      client.withAbortSignal(given.signal, () => againIfInterrupted(send, wasNotHeard)),
    );
    try {
      return await Promise.race([answer, this.#withoutWorker(given.signal)]);
    } finally {
      given.abort();
    }
  }

  /** Never resolves: the server keeps a question for a worker to come, which nobody wants to wait for. @throws NoWorkerError */
  async #withoutWorker(ended: AbortSignal): Promise<never> {
    await new Promise((wake) => {
      const timer = setTimeout(wake, NO_WORKER_MS);
      ended.addEventListener('abort', () => clearTimeout(timer));
    });
    await this.#calls.requireWorkers(...NEEDED);
    return new Promise(() => {});
  }

  /** A running conversation would answer as its own account. @throws UnknownIdError */
  async #requireOwn(chatId: string, handle: string): Promise<void> {
    const { client, namespace } = this.#calls.temporal;
    const { copydeskAccount } = await import('../contract/search-attributes.js');
    const run = client.workflow.getHandle(chatWorkflowId(chatId));
    const found = await this.#calls
      .within(() => run.describe())
      .catch((error: unknown) => {
        // Ended long ago: the archive knows whether and whose it was.
        if (readTemporalFailure(error) === 'not_found') return null;
        throw this.#calls.explained(`chat ${chatId}`, error);
      });
    if (found && found.typedSearchAttributes.get(copydeskAccount) !== handle)
      throw new UnknownIdError('chat', chatId, namespace, ` of @${handle}`);
  }

  #explained(chatId: string, handle: string, error: unknown): Error {
    switch (readTemporalFailure(error)) {
      case 'refused':
        return refusedTurn(error, { chatId, account: handle, namespace: this.#calls.temporal.namespace });
      case 'timeout':
        return new UnansweredError(chatId, PATIENCE_MS / 1_000);
      default:
        return this.#calls.explained('the question', error);
    }
  }
}

/** @throws UsageError, ChatOffError */
function checkedQuestion({ account, question, chatId }: Question): string {
  if (!account.chat?.enabled) throw new ChatOffError(account.handle);
  const asked = question.trim();
  if (asked === '' || asked.length > TEXT_LIMITS.question)
    throw new UsageError(
      'question',
      `question has ${asked.length} characters; 1 to ${TEXT_LIMITS.question} are allowed`,
    );
  if (chatId !== undefined) requireId(chatId);
  return asked;
}

function requireId(chatId: string): void {
  if (!ID_PATTERN.test(chatId))
    throw new UsageError(
      'chatId',
      `chatId='${chatId.slice(0, 60)}' is not an id: 12 characters of A-Z, a-z and 0-9`,
    );
}
