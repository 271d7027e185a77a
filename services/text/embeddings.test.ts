import { describe, expect, it } from 'vitest';
import { failure } from '../testing/failure.js';
import { says, send, useVendor } from './testing/vendor.js';
import type { EmbeddingQuestion } from './text.js';
import { checkVectors } from './embeddings.js';

const { serve, calls } = useVendor();

const question: EmbeddingQuestion = {
  ...{ model: 'nomic-embed-text', texts: ['harbor clocks', 'rye bread'] },
  key: 'chat/UpkTZ26nc9Eb/embedding/1/1',
};
const measured: EmbeddingQuestion = { ...question, dimensions: 2 };
const [ONE, TWO] = [
  [1, 0],
  [0, 1],
];

/** What stands in `data` for vectors. */
const entries = (...vectors: unknown[]) =>
  vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
const numbered = (...indexes: unknown[]) => indexes.map((index) => ({ index, embedding: ONE }));
const base64 = (numbers: readonly number[]): string =>
  Buffer.from(new Float32Array(numbers).buffer).toString('base64');

const GOOD = {
  ...{ object: 'list', data: entries(ONE, TWO), model: 'nomic-embed-text' },
  usage: { prompt_tokens: 7, total_tokens: 7 },
};
const told = async (body: unknown) => (await serve(says(body))).embed(question);

it('asks once, for numbers, under the id of the call, and tells what it took', async () => {
  expect(await told(GOOD)).toEqual({
    ...{ outcome: 'ok', vectors: [ONE, TWO], model: 'nomic-embed-text', requestId: 'req_7', tier: null },
    ...{ billed: null, seconds: expect.any(Number) as number },
    usage: { input: 7, cached: 0, cacheWrite: 0, cacheWrite12h: 0, output: 0, reasoning: 0 },
  });
  const headers = expect.objectContaining({ 'x-client-request-id': question.key }) as object;
  const body = { model: 'nomic-embed-text', input: question.texts, encoding_format: 'float' };
  expect(calls()).toEqual([{ path: '/v1/embeddings', headers, body }]);
});

describe('how long a vector is to be', () => {
  it.each([
    [400, { error: { message: 'This model does not support specifying dimensions.', param: 'dimensions' } }],
    [400, { message: 'Model "bge-m3" does not support matryoshka representation' }],
    [422, { detail: [{ loc: ['body', 'dimensions'], msg: 'Extra inputs are not permitted' }] }],
    [422, { error: 'unknown field in the request' }],
  ])('is left out from then on after a refusal with %i %j', async (status, refusal) => {
    const text = await serve(({ body }, response) =>
      'dimensions' in body ? send(response, refusal, status) : send(response, GOOD),
    );
    for (let asks = 0; asks < 2; asks += 1)
      expect(await text.embed(measured)).toMatchObject({ outcome: 'ok' });
    expect(calls().map(({ body }) => body.dimensions)).toEqual([2, undefined, undefined]);
  });

  it.each([
    [429, { error: { message: 'Slow down' } }],
    [400, { error: { message: 'This input is too long' } }],
    [500, { error: { message: 'dimensions exploded' } }],
    [404, { error: 'not found' }],
  ])('has nothing to do with %i %j, which is told after one POST', async (status, refusal) => {
    const error = await failure((await serve(says(refusal, status))).embed(measured));
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'answered', status });
    expect(calls()).toHaveLength(1);
  });
});

describe('a sloppy server', () => {
  it.each<[string, object, object]>([
    ['naming only a total', { ...GOOD, usage: { total_tokens: 9 } }, { usage: { input: 9 } }],
    ['naming its cost', { ...GOOD, usage: { prompt_tokens: 7, cost: 0.0000002 } }, { billed: 200 }],
    ['without usage and names', { data: GOOD.data }, { usage: null, model: 'nomic-embed-text' }],
    ['with usage that can not be true', { ...GOOD, usage: { prompt_tokens: -1 } }, { usage: null }],
    ['with names that are objects', { ...GOOD, model: {}, id: [] }, { model: 'nomic-embed-text' }],
  ])('may answer %s', async (_what, body, expected) => {
    expect(await told(body)).toMatchObject({ outcome: 'ok', vectors: [ONE, TWO], ...expected });
  });

  it.each<[string, unknown]>([
    ['in another order', entries(TWO, ONE).map(({ embedding }, at) => ({ embedding, index: 1 - at }))],
    ['without an order', [{ embedding: ONE }, { embedding: TWO }]],
    ['as base64, though asked for numbers', entries(base64(ONE), base64(TWO))],
  ])('may send its vectors %s', (_what, data) => {
    expect(checkVectors({ data }, 2)).toEqual({ outcome: 'ok', vectors: [ONE, TWO] });
  });

  it('may number its only vector as it likes', () => {
    expect(checkVectors({ data: numbered(7) }, 1)).toEqual({ outcome: 'ok', vectors: [ONE] });
  });
});

describe('a hostile server', () => {
  const NO_NUMBERS = 'a vector is not a list of numbers';
  const NO_ORDER = 'the answer does not tell which vector is of which text';
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'the answer holds no vectors'],
    ['null', null, 'the answer holds no vectors'],
    ['text', 'many', 'the answer holds no vectors'],
    ['too few', entries(ONE), '1 vectors for 2 texts'],
    ['too many', entries(ONE, TWO, ONE), '3 vectors for 2 texts'],
    ['vectors of text', entries('a', 'b'), NO_NUMBERS],
    ['numbers in text', entries(['1'], ['2']), NO_NUMBERS],
    ['null among the numbers', entries([1, null], ONE), NO_NUMBERS],
    ['numbers too large', entries([Infinity], [1]), NO_NUMBERS],
    ['empty vectors', entries([], []), NO_NUMBERS],
    ['entries that are none', [null, 7], NO_NUMBERS],
    ['vectors of a million', entries(Array(1_000_000).fill(1), [1]), NO_NUMBERS],
    ['different lengths', entries(ONE, [1]), 'the vectors have different lengths'],
    ['zeros', entries([0, 0], ONE), 'a vector holds nothing but zeros'],
    ['one index twice', numbered(0, 0), NO_ORDER],
    ['indexes out of range', numbered(1, 2), NO_ORDER],
    ['indexes of text', numbered('0', '1'), NO_ORDER],
    ['one index missing', numbered(0, undefined), NO_ORDER],
  ])('that sends %s for vectors has none', (_what, data, detail) => {
    expect(checkVectors({ data }, 2)).toEqual({ outcome: 'failed', detail });
  });

  it.each<[string, unknown, string]>([
    ['an error with status 200', { error: { message: 'It\nbroke' } }, 'It broke'],
    ['20,000 levels', `{"data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, '1 vectors for 2 texts'],
  ])('that answers with %s comes to an outcome after one POST', async (_what, body, detail) => {
    expect(await told(body)).toMatchObject({ outcome: 'failed', detail });
    expect(calls()).toHaveLength(1);
  });

  it.each([
    ['a web page', '<!doctype html><title>Sign in</title>'],
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
});
