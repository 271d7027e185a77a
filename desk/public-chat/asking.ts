import { createVisitors, type Visitor, type Visitors } from './visitors.js';
import type { Account } from '../../contract/account.js';
import type { DeskDeps } from '../deps.js';
import { Allowance } from '../http/allowance.js';
import { isHandle } from '../kit/addresses.js';
import { ID_PATTERN } from '../../contract/ids.js';
import { ApiRefusal, TooOften } from '../api/refusal.js';
import { CopydeskError, errorLine, UsageError } from '../../contract/errors.js';
import { BudgetError, ChatOffError, UnknownIdError } from '../../client/errors.js';
import type { Reply } from '../../contract/chat.js';

/** Questions a minute: of one visitor, of all visitors of one address, which leaves most of an account's to others, and of all who ask one account. */
const VISITOR_QUESTIONS = 20;
const ADDRESS_QUESTIONS = 40;
const ACCOUNT_QUESTIONS = 120;

const DAY_MS = 24 * 60 * 60_000;

/** A question as a reader sent it, of 1 to 2,000 characters. */
interface AskedQuestion {
  /** Whatever the reader calls it; it may be no account at all. */
  readonly handle: string;
  readonly question: string;
  /** The conversation that it belongs to; a new one when left out. */
  readonly chatId?: string;
  /** The id that a new one gets; drawn when left out. */
  readonly newChatId?: string;
  readonly visitor: Visitor;
}

/** Whom readers may ask, and how often. */
export interface Asking {
  /** An account that answers readers, as its file is now; null for any other. */
  account(handle: string): Promise<Account | null>;
  /**
   * Lets a question in, which counts it. What it gives asks it, which may be paid.
   *
   * @throws Refusal before anything is asked, and when no answer comes
   */
  admit(asked: AskedQuestion): Promise<() => Promise<Reply>>;
}

function createAsking({
  accounts,
  archive,
  chats,
  log,
  now,
}: Pick<DeskDeps, 'accounts' | 'archive' | 'chats' | 'log' | 'now'>): Asking {
  const ofVisitor = new Allowance(VISITOR_QUESTIONS, now);
  const ofAddress = new Allowance(ADDRESS_QUESTIONS, now);
  const ofAccount = new Allowance(ACCOUNT_QUESTIONS, now);

  const account = async (handle: string): Promise<Account | null> => {
    const found = isHandle(handle) ? await accounts.account(handle) : null;
    return found?.chat?.enabled ? found : null;
  };

  const requireChat = async (chatId: string, handle: string): Promise<void> => {
    const chat = ID_PATTERN.test(chatId) ? await archive.chats.findChat(chatId) : null;
    if (chat?.account !== handle) throw unknownChat(chatId);
  };

  return {
    account,
    async admit({ handle, question, chatId, newChatId, visitor }) {
      const found = await account(handle);
      if (!found) throw noChat(handle);
      const wait = ofVisitor.take(visitor.countedAs);
      if (wait !== null)
        throw new TooOften(
          `You have asked ${VISITOR_QUESTIONS} questions within a minute; ask again in ${wait} s`,
          wait,
        );
      const shared = ofAddress.take(visitor.address);
      if (shared !== null)
        throw new TooOften(
          `${ADDRESS_QUESTIONS} questions came from your address within a minute; ask again in ${shared} s`,
          shared,
        );
      if (chatId !== undefined) await requireChat(chatId, handle);
      const full = ofAccount.take(handle);
      if (full !== null)
        throw new TooOften(`Too many readers ask @${handle} just now; ask again in ${full} s`, full);
      return async function ask() {
        try {
          return await chats.ask({ account: found, question, chatId, newChatId, visitor: visitor.hash });
        } catch (error) {
          const refusal = refusalOf(error, { handle, chatId, now: now() });
          if (refusal.status === 503) log(`chat of @${handle}: ${errorLine(error)}`);
          throw refusal;
        }
      };
    },
  };
}

/**
 * What a reader is told of an error of the client. Its own words name servers, keys and sums, which are the desk's.
 *
 * @throws what is no error of the client
 */
function refusalOf(
  error: unknown,
  { handle, chatId, now }: { handle: string; chatId?: string; now: Date },
): ApiRefusal {
  if (error instanceof BudgetError) return new TooOften(budgetUsed(handle), secondsToMidnight(now));
  if (error instanceof ChatOffError) return noChat(handle);
  if (error instanceof UnknownIdError) return unknownChat(chatId ?? '');
  if (error instanceof UsageError) return new ApiRefusal(400, error.message, error.field);
  if (error instanceof CopydeskError)
    return new ApiRefusal(503, `@${handle} can't answer just now; ask again in a minute`);
  throw error;
}

/** How long the day of a budget lasts, which is one of UTC; at least a second. */
const secondsToMidnight = (now: Date): number =>
  Math.max(1, Math.ceil((DAY_MS - (now.getTime() % DAY_MS)) / 1_000));

const budgetUsed = (handle: string): string =>
  `@${handle} has answered as much as it may today; ask again after midnight UTC`;

const noChat = (handle: string): ApiRefusal =>
  new ApiRefusal(404, `account='${handle.slice(0, 60)}' answers no questions`, 'account');

const unknownChat = (chatId: string): ApiRefusal =>
  new ApiRefusal(
    404,
    `chatId='${chatId.slice(0, 60)}' is no conversation with this account; leave it out to begin one`,
    'chatId',
  );

/** Those who ask, by the page as well as by the API: they are told apart, and counted, as one. */
export interface Readers {
  readonly asking: Asking;
  readonly visitors: Visitors;
}

export const createReaders = (deps: DeskDeps): Readers => ({
  asking: createAsking(deps),
  visitors: createVisitors({ secret: deps.sessions.secret, url: deps.settings.url }),
});
