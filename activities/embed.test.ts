import { beforeEach, expect, it } from 'vitest';
import type { Account } from '../contract/account.js';
import { plainUsage } from '../contract/money/prices/text-price.js';
import { ProviderError, type ProviderErrorFacts } from '../services/provider-error.js';
import type { PostSearch } from '../services/archive/post-search/post-search.js';
import type { EmbeddingAnswer, EmbeddingQuestion } from '../services/text/text.js';
import { drawId } from '../test/chat/talk.js';
import { createEmbed, type EmbedTask, fromBase64, toBase64 } from './embed.js';
import { account as sample, textServer } from './testing/samples.js';
import { perform } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

const model = 'text-embedding-3-small';
let asked: EmbeddingQuestion[];
let saved: Parameters<PostSearch['saveEmbeddings']>[];
const stage = useStage();
beforeEach(() => {
  asked = [];
  saved = [];
});

type Says = (question: EmbeddingQuestion) => Promise<EmbeddingAnswer>;
const answers =
  (change: Partial<EmbeddingAnswer> = {}): Says =>
  ({ texts }) => {
    const vectors = texts.map((_, at) => [at, 0.5]);
    const usage = plainUsage(30, 0);
    const call = { model, usage, billed: null, requestId: 'req_1', tier: null, seconds: 1 };
    return Promise.resolve({ outcome: 'ok', vectors, ...call, ...change } as EmbeddingAnswer);
  };
const fails = (facts: Partial<ProviderErrorFacts>): Says => {
  const call = { provider: 'openai', kind: 'answered', requestId: null } as const;
  return () => Promise.reject(new ProviderError('slow', { ...call, ...facts }));
};
const away = () => Promise.reject(new Error('away'));

interface Setting {
  readonly says?: Says;
  readonly search?: Partial<PostSearch>;
  readonly chat?: Account['chat'] | 'gone';
  readonly question?: string;
}
function embed({
  says = answers(),
  search = {},
  chat = { enabled: true, dailyBudget: 1_000_000_000 },
  question = 'Does rye keep?',
}: Setting = {}) {
  const listed = [
    { postId: 'AAAAAAAAAAAA', text: 'Why rye keeps' },
    { postId: 'BBBBBBBBBBBB', text: 'The old well' },
  ];
  const postSearch: PostSearch = {
    ...stage.archive.postSearch,
    listUnembedded: () => Promise.resolve(listed),
    saveEmbeddings: (...args) => Promise.resolve(void saved.push(args)),
    ...search,
  };
  const services = stage.services({
    text: textServer({
      embed(one) {
        asked.push(one);
        return says(one);
      },
    }),
    archive: { ...stage.archive, postSearch },
    readAccount: () => (chat === 'gone' ? away() : Promise.resolve({ ...sample, chat })),
  });
  const turn = { chatId: drawId(), run: 'run1', turn: 1, call: 1 };
  const task: EmbedTask = { ...turn, account: sample.handle, model, question };
  return perform(createEmbed(services).embed, task);
}

it('asks once for the question and the posts that have no vector, and keeps theirs', async () => {
  const { charges, embedding } = await embed();
  const texts = ['Does rye keep?', 'Why rye keeps', 'The old well'];
  expect(asked).toMatchObject([{ model, dimensions: 256, texts }]);
  expect(embedding?.model).toBe(model);
  expect(fromBase64(embedding?.vector ?? '')).toEqual([0, 0.5]);
  const vectors = [
    { postId: 'AAAAAAAAAAAA', vector: [1, 0.5] },
    { postId: 'BBBBBBBBBBBB', vector: [2, 0.5] },
  ];
  expect(saved).toEqual([[model, vectors]]);
  // 30 tokens at 0.02 USD per million.
  expect(charges).toMatchObject([{ step: 'embedding', amount: 600, basis: 'priced', outcome: 'kept' }]);
  expect((await stage.archive.ledger.findCall(charges[0]!.key)).charge).toMatchObject({ amount: 600 });
});

it.each<[string, Setting]>([
  ['where the account answers nobody', { chat: { enabled: false, dailyBudget: 0 } }],
  ['where its file is gone', { chat: 'gone' }],
  ['over the budget', { chat: { enabled: true, dailyBudget: 0 } }],
  ['for a question that is flagged', { question: 'An ugly question' }],
  ['for a greeting, which is answered by rule', { question: 'Hi!' }],
  ['where the provider is busy', { says: fails({ status: 429 }) }],
  ['where the archive is away', { search: { listUnembedded: away } }],
])('is done without, at no cost, %s', async (_where, setting) => {
  expect(await embed(setting)).toEqual({ charges: [], embedding: null });
});

it.each<[string, Says, object]>([
  ['is lost', fails({ kind: 'lost' }), { basis: 'unknown', outcome: 'lost' }],
  ['fails', answers({ outcome: 'failed', detail: 'no vectors' }), { amount: 600, outcome: 'failed' }],
  ['has a vector too few', answers({ vectors: [[1]] }), { amount: 600, outcome: 'failed' }],
])('is done without, and charged, where the answer %s', async (_how, says, charge) => {
  expect(await embed({ says })).toMatchObject({ embedding: null, charges: [charge] });
  expect(saved).toEqual([]);
});

it('has the question’s vector though those of posts can not be stored', async () => {
  expect((await embed({ search: { saveEmbeddings: away } })).embedding).not.toBeNull();
});

it('keeps a vector as 32-bit floats', () => {
  const vector = [0.5, -1, 0, 3.25, -0.125];
  expect(fromBase64(toBase64(vector))).toEqual(vector);
  expect(fromBase64(toBase64([0.1]))[0]).toBeCloseTo(0.1, 6);
  expect(toBase64(Array.from({ length: 256 }, () => 0.1))).toHaveLength(1_368);
  expect(fromBase64('')).toEqual([]);
});
