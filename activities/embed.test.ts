import { beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../contract/account.js';
import { ProviderError } from '../services/provider-error.js';
import type { PostSearch, UnembeddedPost } from '../services/archive/post-search/post-search.js';
import type { Services } from '../services/services.js';
import type { EmbeddingAnswer, EmbeddingQuestion, TextService } from '../services/text/text.js';
import { drawId } from '../test/chat/published.js';
import { createEmbed, type EmbedTask } from './embed.js';
import { account as sample } from './testing/samples.js';
import { perform, type Stage } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';
import { fromBase64 } from './vector.js';

const account: Account = { ...sample, chat: { enabled: true, dailyBudget: 1_000_000_000 } };
const POSTS: UnembeddedPost[] = [
  { postId: 'AAAAAAAAAAAA', text: 'Why rye keeps' },
  { postId: 'BBBBBBBBBBBB', text: 'The old well' },
];
let stage: Stage;
let asked: EmbeddingQuestion[];
let saved: Parameters<PostSearch['saveEmbeddings']>[];
useStage((opened) => (stage = opened));
beforeEach(() => {
  asked = [];
  saved = [];
});

const vectorsFor = ({ texts }: EmbeddingQuestion) => texts.map((_, at) => [at, 0.5]);
const answered = (question: EmbeddingQuestion): EmbeddingAnswer => ({
  ...{
    outcome: 'ok',
    vectors: vectorsFor(question),
    model: question.model,
    billed: null,
    requestId: 'req_1',
  },
  usage: { input: 30, cached: 0, cacheWrite: 0, cacheWrite12h: 0, output: 0, reasoning: 0 },
  ...{ tier: null, seconds: 1 },
});

function embed(
  says: (question: EmbeddingQuestion) => Promise<EmbeddingAnswer> = (one) => Promise.resolve(answered(one)),
  { search = {}, ...change }: Partial<Services> & { search?: Partial<PostSearch> } = {},
  question = 'Does rye keep?',
) {
  const text: TextService = {
    ...{ provider: 'openai', offline: false, rate: null },
    ask: () => Promise.reject(new Error('not asked for')),
    embed(one) {
      asked.push(one);
      return says(one);
    },
    moderate: (texts) =>
      Promise.resolve(texts.map((one) => ({ flagged: one.includes('ugly'), categories: [] }))),
  };
  const postSearch: PostSearch = {
    ...stage.archive.postSearch,
    listUnembedded: () => Promise.resolve(POSTS),
    saveEmbeddings: (...args) => Promise.resolve(void saved.push(args)),
    ...search,
  };
  const services = stage.services({
    ...{ text, archive: { ...stage.archive, postSearch }, readAccount: () => Promise.resolve(account) },
    ...change,
  });
  const task: EmbedTask = {
    ...{ chatId: drawId(), run: 'run1', turn: 1, call: 1, account: account.handle },
    ...{ model: 'text-embedding-3-small', question },
  };
  return perform(createEmbed(services).embed, task);
}

it('asks once for the question and the posts that have no vector, and keeps theirs', async () => {
  const { charges, embedding } = await embed();
  expect(asked).toMatchObject([
    {
      model: 'text-embedding-3-small',
      dimensions: 256,
      texts: ['Does rye keep?', 'Why rye keeps', 'The old well'],
    },
  ]);
  expect(embedding?.model).toBe('text-embedding-3-small');
  expect(fromBase64(embedding?.vector ?? '')).toEqual([0, 0.5]);
  expect(saved).toEqual([
    [
      'text-embedding-3-small',
      [
        { postId: 'AAAAAAAAAAAA', vector: [1, 0.5] },
        { postId: 'BBBBBBBBBBBB', vector: [2, 0.5] },
      ],
    ],
  ]);
  // 30 tokens at 0.02 USD per million.
  expect(charges).toMatchObject([{ step: 'embedding', amount: 600, basis: 'priced', outcome: 'kept' }]);
  expect((await stage.archive.ledger.findCall(charges[0]!.key)).charge).toMatchObject({ amount: 600 });
});

describe('is done without, at no cost,', () => {
  const off = { ...account, chat: { enabled: false, dailyBudget: 0 } };
  const poor = { ...account, chat: { enabled: true, dailyBudget: 0 } };
  const busy = new ProviderError('slow', {
    provider: 'openai',
    kind: 'answered',
    status: 429,
    requestId: null,
  });
  it.each<[string, () => ReturnType<typeof embed>]>([
    ['where the account answers nobody', () => embed(undefined, { readAccount: () => Promise.resolve(off) })],
    [
      'where its file is gone',
      () => embed(undefined, { readAccount: () => Promise.reject(new Error('gone')) }),
    ],
    ['over the budget', () => embed(undefined, { readAccount: () => Promise.resolve(poor) })],
    ['for a question that is flagged', () => embed(undefined, {}, 'An ugly question')],
    ['where the provider is busy', () => embed(() => Promise.reject(busy))],
    [
      'where the archive is away',
      () => embed(undefined, { search: { listUnembedded: () => Promise.reject(new Error('away')) } }),
    ],
  ])('%s', async (_where, attempt) => {
    expect(await attempt()).toEqual({ charges: [], embedding: null });
  });
});

describe('is done without, and charged,', () => {
  it('where its answer is lost', async () => {
    const lost = new ProviderError('gone', { provider: 'openai', kind: 'lost', requestId: null });
    expect(await embed(() => Promise.reject(lost))).toMatchObject({
      ...{ embedding: null, charges: [{ basis: 'unknown', outcome: 'lost' }] },
    });
  });

  it.each<[string, (question: EmbeddingQuestion) => EmbeddingAnswer]>([
    ['fails', (one) => ({ ...answered(one), outcome: 'failed', detail: 'no vectors' })],
    ['has a vector too few', (one) => ({ ...answered(one), outcome: 'ok', vectors: [[1]] })],
  ])('where it %s', async (_how, says) => {
    expect(await embed((one) => Promise.resolve(says(one)))).toMatchObject({
      ...{ embedding: null, charges: [{ amount: 600, outcome: 'failed' }] },
    });
    expect(saved).toEqual([]);
  });

  it('though the vectors of posts can not be stored, with the question', async () => {
    const saveEmbeddings = () => Promise.reject(new Error('away'));
    expect((await embed(undefined, { search: { saveEmbeddings } })).embedding).not.toBeNull();
  });
});
