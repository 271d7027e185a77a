import { describe, expect, it } from 'vitest';
import type { EmbeddingAnswer, EmbeddingQuestion } from './text.js';
import { failure, send, useVendor } from './testing/vendor.js';

const { serve, calls } = useVendor();

const question: EmbeddingQuestion = {
  ...{ model: 'nomic-embed-text', texts: ['harbor clocks', 'rye bread'] },
  key: 'chat/UpkTZ26nc9Eb/embedding/1/1',
};
const VECTORS = [
  [0.6, 0.8],
  [1, 0],
];

/** An answer around what stands in `data`. */
const list = (data: unknown, change: object = {}): object => ({
  ...{ object: 'list', data, model: 'nomic-embed-text' },
  usage: { prompt_tokens: 7, total_tokens: 7 },
  ...change,
});
const entries = (vectors: readonly unknown[], indexes: readonly unknown[] = vectors.map((_, at) => at)) =>
  vectors.map((embedding, at) => ({ object: 'embedding', index: indexes[at], embedding }));
const base64 = (numbers: readonly number[]): string =>
  Buffer.from(new Float32Array(numbers).buffer).toString('base64');

async function told(body: unknown, change: Partial<EmbeddingQuestion> = {}): Promise<EmbeddingAnswer> {
  const text = await serve((_call, response) => send(response, body));
  return text.embed({ ...question, ...change });
}

it('asks once, for numbers, under the id of the call, and tells what it took', async () => {
  const answer = await told(list(entries(VECTORS)));
  expect(answer).toEqual({
    ...{ outcome: 'ok', vectors: VECTORS, model: 'nomic-embed-text', requestId: 'req_7', tier: null },
    ...{ billed: null, seconds: expect.any(Number) as number },
    usage: { input: 7, cached: 0, cacheWrite: 0, cacheWrite12h: 0, output: 0, reasoning: 0 },
  });
  expect(calls()).toHaveLength(1);
  expect(calls()[0]).toMatchObject({
    path: '/v1/embeddings',
    headers: { 'x-client-request-id': question.key },
  });
  expect(calls()[0]?.body).toEqual({
    ...{ model: 'nomic-embed-text', input: question.texts, encoding_format: 'float' },
  });
});

describe('how long a vector is to be', () => {
  it.each([
    [400, { error: { message: 'This model does not support specifying dimensions.', param: 'dimensions' } }],
    [400, { message: 'Model "bge-m3" does not support matryoshka representation' }],
    [422, { detail: [{ loc: ['body', 'dimensions'], msg: 'Extra inputs are not permitted' }] }],
    [422, { error: 'unknown field in the request' }],
  ])('is left out from then on after a refusal with %i %j', async (status, refusal) => {
    const text = await serve(({ body }, response) =>
      'dimensions' in body ? send(response, refusal, status) : send(response, list(entries(VECTORS))),
    );
    for (let asks = 0; asks < 2; asks += 1)
      expect(await text.embed({ ...question, dimensions: 2 })).toMatchObject({ outcome: 'ok' });
    expect(calls().map(({ body }) => body.dimensions)).toEqual([2, undefined, undefined]);
  });

  it.each([
    [429, { error: { message: 'Slow down' } }],
    [400, { error: { message: 'This input is too long' } }],
    [500, { error: { message: 'dimensions exploded' } }],
  ])('has nothing to do with %i %j, which is told after one POST', async (status, refusal) => {
    const text = await serve((_call, response) => send(response, refusal, status));
    expect(await failure(text.embed({ ...question, dimensions: 2 }))).toMatchObject({
      ...{ name: 'ProviderError', kind: 'answered', status },
    });
    expect(calls()).toHaveLength(1);
  });
});

describe('a sloppy server', () => {
  it.each<[string, object, object]>([
    ['in another order', list(entries([VECTORS[1], VECTORS[0]], [1, 0])), {}],
    ['without an order', list(VECTORS.map((embedding) => ({ embedding }))), {}],
    [
      'as base64, though asked for numbers',
      list(
        entries(
          [
            [1, 0],
            [0, 1],
          ].map(base64),
        ),
      ),
      {
        vectors: [
          [1, 0],
          [0, 1],
        ],
      },
    ],
    ['naming only a total', list(entries(VECTORS), { usage: { total_tokens: 9 } }), { usage: { input: 9 } }],
    [
      'naming its cost',
      list(entries(VECTORS), { usage: { prompt_tokens: 7, cost: 0.0000002 } }),
      { billed: 200 },
    ],
    ['without usage and names', { data: entries(VECTORS) }, { usage: null, model: 'nomic-embed-text' }],
    [
      'with usage that can not be true',
      list(entries(VECTORS), { usage: { prompt_tokens: -1 } }),
      { usage: null },
    ],
    ['with no tokens', list(entries(VECTORS), { usage: { prompt_tokens: 0 } }), { usage: null }],
    [
      'with names that are objects',
      list(entries(VECTORS), { model: {}, id: [] }),
      { model: 'nomic-embed-text' },
    ],
  ])('may answer %s', async (_what, body, expected) => {
    expect(await told(body)).toMatchObject({ outcome: 'ok', vectors: VECTORS, ...expected });
  });

  it('may number its only vector as it likes', async () => {
    expect(await told(list(entries([[1, 2]], [7])), { texts: ['one'] })).toMatchObject({ outcome: 'ok' });
  });
});

describe('a hostile server', () => {
  const NO_NUMBERS = /a vector is not a list of numbers/;
  const NO_ORDER = /does not tell which vector is of which text/;
  it.each<[string, unknown, RegExp]>([
    ['nothing', {}, /no vectors/],
    [
      'an error with status 200',
      { error: { message: 'Provider\nreturned error' } },
      /Provider returned error/,
    ],
    ['data null', list(null), /no vectors/],
    ['data of text', list('many'), /no vectors/],
    ['too few', list(entries([[1, 2]])), /1 vectors for 2 texts/],
    ['too many', list(entries([[1], [2], [3]])), /3 vectors for 2 texts/],
    ['vectors of text', list(entries(['a', 'b'])), NO_NUMBERS],
    ['numbers in text', list(entries([['1'], ['2']])), NO_NUMBERS],
    [
      'null among the numbers',
      list(
        entries([
          [1, null],
          [1, 2],
        ]),
      ),
      NO_NUMBERS,
    ],
    [
      'numbers too large',
      `{"data":[{"index":0,"embedding":[1e999]},{"index":1,"embedding":[1]}]}`,
      NO_NUMBERS,
    ],
    ['empty vectors', list(entries([[], []])), NO_NUMBERS],
    ['entries that are none', list([null, 7]), NO_NUMBERS],
    ['vectors of a million', list(entries([Array(1_000_000).fill(1), [1]])), NO_NUMBERS],
    ['different lengths', list(entries([[1, 2], [1]])), /different lengths/],
    [
      'zeros',
      list(
        entries([
          [0, 0],
          [1, 0],
        ]),
      ),
      /nothing but zeros/,
    ],
    ['one index twice', list(entries(VECTORS, [0, 0])), NO_ORDER],
    ['indexes out of range', list(entries(VECTORS, [1, 2])), NO_ORDER],
    ['indexes of text', list(entries(VECTORS, ['0', '1'])), NO_ORDER],
    ['one index missing', list(entries(VECTORS, [0, undefined])), NO_ORDER],
    ['20,000 levels', `{"data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, /vectors for 2 texts/],
  ])('that answers with %s comes to an outcome after one POST', async (_what, body, words) => {
    const answer = await told(body);
    expect(answer).toMatchObject({ outcome: 'failed', detail: expect.stringMatching(words) as string });
    expect((answer as { detail: string }).detail).toMatch(/^[^\n]{1,1000}$/);
    expect(calls()).toHaveLength(1);
  });

  it.each([
    ['a web page', '<!doctype html><title>Sign in</title>'],
    ['nothing', ''],
    ['a list', '[[1,2]]'],
  ])('that answers with %s is lost after one POST, with its request id', async (_what, body) => {
    const error = await failure(told(body));
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'lost', requestId: 'req_7' });
    expect(calls()).toHaveLength(1);
  });

  it('that never answers is given up, by name', async () => {
    const text = await serve(() => undefined, { timeoutSeconds: 1 });
    expect(await failure(text.embed(question))).toMatchObject({ kind: 'lost', code: 'timeout' });
  });

  it('that knows no embeddings says so', async () => {
    const text = await serve((_call, response) => send(response, { error: 'not found' }, 404));
    expect(await failure(text.embed({ ...question, dimensions: 2 }))).toMatchObject({ status: 404 });
    expect(calls()).toHaveLength(1);
  });
});
