import { isCancellation } from '@temporalio/workflow';
import type { Embedding } from '../../activities/embed.js';
import { embeddingKey } from '../../contract/money/charge-keys.js';
import { paid } from '../activities.js';
import { partOf, type Cell } from '../cell.js';
import { settleLost } from '../paid/settle-lost.js';
import { runName, type NumberedQuestion } from './question.js';
import { payerOf } from './record.js';
import { addCost, type Conversation } from './state.js';

/** What a question means, where the account compares by meaning; null to go by its words, also where it can't be had. */
export async function embedQuestion(
  chat: Cell<Conversation>,
  { say, turn }: NumberedQuestion,
): Promise<Embedding | null> {
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
