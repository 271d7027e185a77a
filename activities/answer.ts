import type { Account } from '../contract/account.js';
import {
  CHAT_OFF,
  FLAGGED,
  NOTHING_WRITTEN,
  type PastQuestion,
  type PastTurn,
  type Turn,
} from '../contract/chat.js';
import { answerKey } from '../contract/money/charge.js';
import { ANSWER_OUTPUT } from '../contract/money/prices/estimate.js';
import { spendForChat } from '../contract/money/spend.js';
import type { FoundPost } from '../services/archive/post-search/post-search.js';
import type { Services } from '../services/services.js';
import { notSent, type Attempt, type NotSent } from './attempt.js';
import { answerPrompt, type Offer, readPublicPast } from './answer-prompt.js';
import { toAnswer, unusable } from './answer-rules.js';
import { answerSchema, MOST_POSTS_OFFERED } from './answer-schema.js';
import { storeTurn, type StoredTurn } from './record-turn.js';
import { type EmbeddingResult, isFlagged, fromBase64 } from './embed.js';
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
   * it says so and pays nothing.
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
  const [flagged, found] = await Promise.all([
    isFlagged(services, task.question),
    patiently(services, () => findPosts(services, task, account), undefined, PATIENCE_MS),
  ]);
  if (flagged) return unpaid(services, account, kept(await end({ outcome: 'flagged', answer: FLAGGED })));
  if ('outcome' in found) return unpaid(services, account, found);
  if (found.length === 0) {
    const nothing = { outcome: 'nothing_found', answer: NOTHING_WRITTEN } as const;
    return unpaid(services, account, kept(await end(nothing)));
  }
  const past = await readPublicPast(services, task);
  const attempt = await askModel(services, account, task, { question: task.question, posts: found, past });
  if (attempt.outcome !== 'kept') return attempt;
  const { offline } = attempt;
  const answer = toAnswer(attempt.value, found);
  if (!answer) {
    const declined = { outcome: 'declined', answer: NOTHING_WRITTEN, offline } as const;
    return { ...attempt, value: await end(declined) };
  }
  if (await isFlagged(services, answer.text))
    return { ...attempt, value: await end({ outcome: 'flagged', answer: FLAGGED, offline }) };
  const { text, cited } = answer;
  return { ...attempt, value: await end({ outcome: 'answered', answer: text, cited, offline }) };
}

/** A question of so few words has none of its own to be found by: "Why is that?" is about what was asked last. */
const FOLLOW_UP_WORDS = 3;

async function findPosts(
  { archive }: Services,
  { question, earlier, embedding }: AnswerTask,
  { handle, language }: Account,
): Promise<FoundPost[]> {
  const find = (words: string): Promise<FoundPost[]> =>
    archive.postSearch.find({
      account: handle,
      language,
      question: words,
      limit: MOST_POSTS_OFFERED,
      embedding: embedding && { model: embedding.model, vector: fromBase64(embedding.vector) },
    });
  const found = await find(question);
  const last = earlier.at(-1);
  const isFollowUp = question.trim().split(/\s+/).length <= FOLLOW_UP_WORDS;
  return found.length > 0 || !last || !isFollowUp ? found : find(`${last.question} ${question}`);
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
  /** Answered by a stand-in; what is said by rule is said by nobody's. */
  readonly offline?: boolean;
}

async function endTurn(
  services: Services,
  { turn: number, visitor, question, at, chatId }: AnswerTask,
  { handle }: Account,
  { answer, outcome, cited = [], offline = false }: Ending,
): Promise<AnsweredTurn> {
  const citations = cited.map(({ postId, title, url }) => ({ postId, title, url }));
  const turn = { turn: number, visitor, question, answer, outcome, citations, offline, at };
  return { turn, record: await storeTurn(services, { chatId, account: handle, turn }) };
}

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
