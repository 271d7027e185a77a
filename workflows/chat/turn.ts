import { ApplicationFailure, isCancellation } from '@temporalio/workflow';
import { type Say, CHAT_DELETED, type Reply, type Turn } from '../../contract/chat.js';
import type { AnswerAttempt, AnsweredTurn } from '../../activities/answer.js';
import { answerKey, embeddingKey } from '../../contract/money/charge.js';
import { paid } from '../activities.js';
import { createCell, partOf, type Cell } from '../cell.js';
import { askForText, settleLost } from '../paid/ask.js';
import type { Patience } from '../paid/attempt.js';
import { newPaidRow, type PaidRow } from '../paid/row.js';
import { runName } from '../paid/run-name.js';
import { declinesFor, declinedTurn } from './decline.js';
import type { Doing } from './doing.js';
import { findLostTurn, needsRecord, payerOf, recordTurn } from './record.js';
import { memoryOf, addCost, addTurn, type Conversation } from './state.js';
import type { EmbeddingResult } from '../../activities/embed.js';

/** A question that has its number. */
export interface NumberedQuestion {
  readonly say: Say;
  readonly turn: number;
  /** When it came, ISO 8601. */
  readonly at: string;
}

/** A reader waits for it: two paid tries, and no minutes of patience with a provider that is busy. */
const MOST_TRIES = 2;
const PATIENCE: Patience = { times: 5, waitMs: 30_000 };

/**
 * Answers a question. What was paid for becomes a turn: where no answer can be used, it is declined.
 *
 * @throws Blocked where nothing was paid and only a person can help; ApplicationFailure where the conversation is gone
 */
export async function answerQuestion(
  chat: Cell<Conversation>,
  doing: Cell<Doing>,
  question: NumberedQuestion,
): Promise<Reply> {
  const row = createCell(newPaidRow());
  const cost = partOf(chat, 'cost');
  let answered: AnsweredTurn;
  try {
    const embedding = await embedQuestion(chat, question);
    answered = await askForAnswer(chat.value, question, row, embedding);
  } catch (error) {
    if (!declinesFor(error, row.value)) throw error;
    answered = { turn: declinedTurn(question, row.value), record: 'missing' };
  } finally {
    cost.change((now) => addCost(now, row.value.charges));
  }
  const { turn, record } = answered;
  if (record === 'deleted') {
    partOf(doing, 'isGone').change(() => true);
    throw ApplicationFailure.nonRetryable('the conversation was deleted', CHAT_DELETED);
  }
  partOf(chat, 'said').change((now) => addTurn(now, turn));
  // The reader need not wait for the archive; the conversation does not end before it has the turn.
  if (needsRecord(record, row.value)) void recordTurn(chat.value, doing, turn, row.value.charges);
  return replyOf(chat.value, turn);
}

async function askForAnswer(
  { input, said }: Conversation,
  { say, turn, at }: NumberedQuestion,
  row: Cell<PaidRow>,
  embedding: Parameters<typeof paid.answer>[0]['embedding'],
): Promise<AnsweredTurn> {
  const { question, visitor, models } = say;
  const { last, before } = memoryOf(said.memories, visitor);
  const run = runName();
  const { value } = await askForText<AnsweredTurn>({
    label: `Answer ${turn}`,
    row,
    tries: MOST_TRIES,
    patience: PATIENCE,
    ask: ({ call, again }): Promise<AnswerAttempt> =>
      paid.answer.executeWithOptions({ summary: `Answer ${turn}${call > 1 ? `, call ${call}` : ''}` }, [
        {
          chatId: input.id,
          account: input.account,
          run,
          turn,
          call,
          at,
          again,
          question,
          visitor,
          earlier: last,
          before,
          embedding,
        },
      ]),
    settleLost: (call) =>
      settleLost({
        key: answerKey({ chatId: input.id, run, turn, call }),
        step: 'chat',
        model: models.chat,
        payer: payerOf(input),
      }),
    recover: (charges) => findLostTurn(input.id, turn, charges),
  });
  return value;
}

const replyOf = (
  { input }: Conversation,
  { turn, answer, outcome, citations, offered, offline }: Turn,
): Reply => ({
  chatId: input.id,
  turn,
  answer,
  outcome,
  citations,
  offered,
  offline,
});

/** What a question means, where the account compares by meaning; null to go by its words, also where it can't be had. */
async function embedQuestion(
  chat: Cell<Conversation>,
  { say, turn }: NumberedQuestion,
): Promise<EmbeddingResult | null> {
  const { input } = chat.value;
  const { embedding: model } = say.models;
  if (model === null) return null;
  const call = { chatId: input.id, run: runName(), turn, call: 1 };
  const cost = partOf(chat, 'cost');
  try {
    const task = { ...call, account: input.account, model, question: say.question };
    const { charges, embedding } = await paid.embed.executeWithOptions({ summary: `Meaning of ${turn}` }, [
      task,
    ]);
    cost.change((now) => addCost(now, charges));
    return embedding;
  } catch (error) {
    if (isCancellation(error)) throw error;
    // Its worker died: what it paid counts, and the question is answered all the same.
    const lost = { key: embeddingKey(call), step: 'embedding', model, payer: payerOf(input) } as const;
    const charges = await settleLost(lost);
    cost.change((now) => addCost(now, charges));
    return null;
  }
}
