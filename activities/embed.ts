import { type Charge, type ChatCall, embeddingKey } from '../contract/money/charge.js';
import { spendForChat } from '../contract/money/spend.js';
import type { Services } from '../services/services.js';
import type { EmbeddingAnswer, EmbeddingQuestion } from '../services/text/text.js';
import { embeddingCharges } from './text-charge.js';
import { withHeartbeat } from './heartbeat.js';
import { hostIntent } from './host-intent.js';
import { TEXT_LEASE_MS, inTime, payOnce, settle } from './spend.js';

/** A question whose meaning is asked for. */
export interface EmbedTask extends ChatCall {
  readonly account: string;
  readonly model: string;
  readonly question: string;
}

/** What a text means to a model. */
export interface EmbeddingResult {
  readonly model: string;
  /** 32-bit floats as base64. */
  readonly vector: string;
}

export interface EmbedAttempt {
  readonly charges: readonly Charge[];
  /** Null where it could not be had. */
  readonly embedding: EmbeddingResult | null;
}

/** How long a vector is: at a sixth of its own length, `text-embedding-3-small` finds nearly as well. */
const DIMENSIONS = 256;
/** How many posts that have no vector yet are sent along. */
const MOST_POSTS = 50;
/** The question is answered without it. */
const PATIENCE_MS = 2_000;
const NOTHING: EmbedAttempt = { charges: [], embedding: null };

export const createEmbed = (services: Services) => ({
  /** Asks once for what a question means, and what posts mean that were not asked for before. Without it a question goes by its words. */
  embed(task: EmbedTask): Promise<EmbedAttempt> {
    return withHeartbeat(null, () => embedOnce(services, task));
  },
});

async function embedOnce(services: Services, task: EmbedTask): Promise<EmbedAttempt> {
  const { archive, text } = services;
  const { model, question } = task;
  const account = await services.readAccount(task.account).catch(() => null);
  if (!account?.chat?.enabled || hostIntent(question, account) || (await isFlagged(services, question)))
    return NOTHING;
  const posts = await inTime(archive.postSearch.listUnembedded(account.handle, model, MOST_POSTS)).catch(
    () => null,
  );
  if (posts === null) return NOTHING;
  const key = embeddingKey(task);
  const texts = [question, ...posts.map((post) => post.text)];
  const asked: EmbeddingQuestion = { model, key, texts, dimensions: DIMENSIONS };
  const made = embeddingCharges(services, asked);
  const estimate = made.lost();
  const spend = spendForChat(account, task.chatId);
  const purchase = {
    key,
    what: 'the embedding',
    amount: estimate.amount,
    most: made.most(),
    offline: text.offline,
    leaseMs: TEXT_LEASE_MS,
    patienceMs: PATIENCE_MS,
  };
  const sent = await payOnce(services, spend, purchase, () => text.embed(asked));
  if (sent.outcome === 'lost') return { charges: await settle(services, spend, [estimate]), embedding: null };
  if (sent.outcome !== 'answered') return NOTHING;
  const { answer } = sent;
  const vectors = vectorsOf(answer, texts.length);
  const charge = made.answered(answer, vectors ? 'kept' : 'failed');
  const charges = await settle(services, spend, [charge]);
  if (!vectors) return { charges, embedding: null };
  const [asking, ...ofPosts] = vectors as [number[], ...number[][]];
  const embeddings = posts.map(({ postId }, at) => ({ postId, vector: ofPosts[at] ?? [] }));
  // Those that are not stored are asked for with the next question.
  if (embeddings.length > 0)
    await inTime(archive.postSearch.saveEmbeddings(model, embeddings)).catch(() => undefined);
  return { charges, embedding: { model, vector: toBase64(asking) } };
}

/** One for each text, as was asked for; null for an answer that can't be used. */
const vectorsOf = (answer: EmbeddingAnswer, count: number): readonly (readonly number[])[] | null =>
  answer.outcome === 'ok' && answer.vectors.length === count ? answer.vectors : null;

/** A vector as base64 of its 32-bit floats, little-endian: a third of what it takes as JSON. */
export function toBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes.toString('base64');
}

export function fromBase64(text: string): number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readFloatLE(index * 4));
}

/** Whether the provider's moderation says that a text is not to be shown. Where there is none, or it is away, nothing is. */
export async function isFlagged({ text }: Pick<Services, 'text'>, words: string): Promise<boolean> {
  // What was paid for is not lost to a check that costs nothing.
  const [moderation] = (await text.moderate([words]).catch(() => null)) ?? [];
  return moderation?.flagged ?? false;
}
