import type { Account } from '../contract/account.js';
import { CHAT_OFF, type Citation, type PastQuestion, type PastTurn, type Turn } from '../contract/chat.js';
import { chatWords } from '../contract/chat-words.js';
import { answerKey } from '../contract/money/charge.js';
import { ANSWER_OUTPUT } from '../contract/money/prices/estimate.js';
import { spendForChat } from '../contract/money/spend.js';
import type { FoundPost } from '../services/archive/post-search/post-search.js';
import type { Services } from '../services/services.js';
import { notSent, type Attempt, type NotSent } from './attempt.js';
import { answerPrompt, type Offer, readPublicPast } from './answer-prompt.js';
import { toAnswer, unusable } from './answer-rules.js';
import { answerSchema } from './answer-schema.js';
import { storeTurn, type StoredTurn } from './record-turn.js';
import { type EmbeddingResult, isFlagged } from './embed.js';
import { findPosts, MOST_POSTS_SUGGESTED, nearestPosts, newestPosts } from './find-posts.js';
import { hostAnswer } from './host-answer.js';
import { hostIntent } from './host-intent.js';
import { withHeartbeat } from './heartbeat.js';
import { askInBeat, type KeptText, type TextAttempt } from './paid-text.js';
import { patiently } from './spend.js';

/** A question of a conversation, to be answered once. */
export interface AnswerTask {
  readonly chatId: string;
  readonly account: string;
  /** Of the workflow, for the key of the charge. */
  readonly run: string;
  /** From 1. */
  readonly turn: number;
  /** Which call of the turn this is, from 1. */
  readonly call: number;
  /** When the question came, ISO 8601. */
  readonly at: string;
  /** Why the answer before could not be used. */
  readonly again: string | null;
  readonly question: string;
  readonly visitor: string;
  /** The last turns of the same visitor, the first first. */
  readonly earlier: readonly PastTurn[];
  /** What the same visitor asked before those. */
  readonly before: readonly PastQuestion[];
  /** What the question means; null to go by its words alone. */
  readonly embedding: EmbeddingResult | null;
}

/** A turn, and whether the archive has it: it may be away, or the conversation deleted meanwhile. */
export interface AnsweredTurn {
  readonly turn: Turn;
  readonly record: StoredTurn;
}

/** What came of it: with no charges where nothing was paid. */
export type AnswerAttempt = TextAttempt<AnsweredTurn>;

const USUAL_OUTPUT = 150;
/** A reader waits for it. */
const PATIENCE_MS = 20_000;

export const createAnswer = (services: Services) => ({
  /**
   * Answers from the account's published posts, and keeps the turn in the archive. Where no post has to do with the question,
   * it says so and pays nothing; nor does it pay for a greeting and the like, which has its answer by rule.
   */
  answer(task: AnswerTask): Promise<AnswerAttempt> {
    return withHeartbeat(null, async () => sooner(await answerOnce(services, task)));
  },
});

async function answerOnce(services: Services, task: AnswerTask): Promise<AnswerAttempt> {
  const account = await services.readAccount(task.account).catch(() => null);
  if (!account?.chat?.enabled)
    return unpaid(services, null, notSent('block', CHAT_OFF, `@${task.account} answers no questions`));
  const end = (turn: Ending): Promise<AnsweredTurn> => endTurn(services, task, account, turn);
  const words = chatWords(account.language);
  const intent = hostIntent(task.question, account);
  if (intent) {
    const newest = await patiently(services, () => newestPosts(services, account), undefined, PATIENCE_MS);
    if ('outcome' in newest) return unpaid(services, account, newest);
    const said = { outcome: 'hosted', ...hostAnswer(intent, account, newest) } as const;
    return unpaid(services, account, kept(await end(said)));
  }
  const [flagged, found] = await Promise.all([
    isFlagged(services, task.question),
    patiently(services, () => findPosts(services, task, account), undefined, PATIENCE_MS),
  ]);
  if (flagged)
    return unpaid(services, account, kept(await end({ outcome: 'flagged', answer: words.flagged })));
  if ('outcome' in found) return unpaid(services, account, found);
  if (found.length === 0) {
    const offered = await nearestPosts(services, task, account);
    const nothing = { outcome: 'nothing_found', answer: words.nothing, offered } as const;
    return unpaid(services, account, kept(await end(nothing)));
  }
  const past = await readPublicPast(services, task);
  const attempt = await askModel(services, account, task, { question: task.question, posts: found, past });
  if (attempt.outcome !== 'kept') return attempt;
  const { offline } = attempt;
  const answer = toAnswer(attempt.value, found);
  if (!answer) {
    const offered = found.slice(0, MOST_POSTS_SUGGESTED);
    const declined = { outcome: 'declined', answer: words.nothing, offered, offline } as const;
    return { ...attempt, value: await end(declined) };
  }
  if (await isFlagged(services, answer.text))
    return { ...attempt, value: await end({ outcome: 'flagged', answer: words.flagged, offline }) };
  const { text, cited } = answer;
  return { ...attempt, value: await end({ outcome: 'answered', answer: text, cited, offline }) };
}

function askModel(services: Services, account: Account, task: AnswerTask, offer: Offer) {
  const prompt = answerPrompt(account, { ...offer, again: task.again });
  return askInBeat(services, {
    step: 'chat',
    spend: spendForChat(account, task.chatId),
    key: answerKey(task),
    name: 'answer',
    model: modelOf(account),
    schema: answerSchema,
    instructions: prompt.instructions,
    input: prompt.input,
    maxOutputTokens: ANSWER_OUTPUT,
    usualOutput: USUAL_OUTPUT,
    prompt: prompt.version,
    problem: (value) => unusable(value, offer.posts, prompt.secrets),
    last: true,
    patienceMs: PATIENCE_MS,
  });
}

interface Ending extends Pick<Turn, 'answer' | 'outcome'> {
  readonly cited?: readonly FoundPost[];
  /** Posts that the reader is pointed to instead. */
  readonly offered?: readonly FoundPost[];
  /** Answered by a stand-in; what is said by rule is said by nobody's. */
  readonly offline?: boolean;
}

async function endTurn(
  services: Services,
  { turn: number, visitor, question, at, chatId }: AnswerTask,
  { handle }: Account,
  { answer, outcome, cited = [], offered = [], offline = false }: Ending,
): Promise<AnsweredTurn> {
  const turn: Turn = {
    ...{ turn: number, visitor, question, answer, outcome, offline, at },
    citations: cited.map(citationOf),
    ...(offered.length > 0 && { offered: offered.map(citationOf) }),
  };
  return { turn, record: await storeTurn(services, { chatId, account: handle, turn }) };
}

const citationOf = ({ postId, title, url }: FoundPost): Citation => ({ postId, title, url });

const modelOf = ({ models }: Account): string => models.chat ?? models.draft;

const kept = (value: AnsweredTurn): Attempt<KeptText<AnsweredTurn>> => ({
  outcome: 'kept',
  value,
  misses: [],
});

const unpaid = (
  { text, now }: Services,
  account: Account | null,
  attempt: Attempt<KeptText<AnsweredTurn>>,
): AnswerAttempt => ({
  charges: [],
  provider: text.provider,
  model: account ? modelOf(account) : 'none',
  seconds: null,
  prompt: 'none',
  offline: text.offline,
  at: now().toISOString(),
  ...attempt,
});

/** What is waited for in vain is told to the reader at once; only a worker that stops leaves the question to another. */
function sooner(attempt: AnswerAttempt): AnswerAttempt {
  if (attempt.outcome !== 'not_sent' || attempt.then !== 'again') return attempt;
  const then: NotSent['then'] = attempt.error.type === 'Worker.Stopping' ? 'again' : 'block';
  return { ...attempt, then };
}
