import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { embeddingCharges } from '../../activities/embedding-charge.js';
import { closedUrl, json, webPage, type Reply } from '../../activities/testing/recorder.js';
import { SPOILED_ANSWERS } from '../../activities/testing/samples.js';
import type { Stage } from '../../activities/testing/stage.js';
import { useStage } from '../../activities/testing/use-stage.js';
import type { ProviderError } from '../provider-error.js';
import { OpenAiText } from './openai.js';
import type { TextQuestion } from './text.js';

let stage: Stage;
useStage((opened) => (stage = opened));

const question: TextQuestion<{ title: string }> = {
  model: 'gpt-6-luna',
  name: 'headline',
  schema: z.object({ title: z.string().describe('Title: at most 60 characters') }),
  instructions: 'You write headlines.',
  input: 'Topic: harbor clocks',
  maxOutputTokens: 500,
  key: 'post/UpkTZ26nc9Eb/draft/r1/1/1',
};

describe.each([
  { api: 'responses', path: '/openai/v1/responses' },
  { api: 'chat', path: '/openai/v1/chat/completions' },
] as const)('over the API $api', ({ api, path }) => {
  const text = (baseUrl = stage.openAiBaseUrl) =>
    new OpenAiText({ apiKey: 'sample', baseUrl, api, offline: true });
  const ask = (change: Partial<typeof question> = {}) => text().ask({ ...question, ...change });
  const failure = (asked: Promise<unknown> = ask()): Promise<ProviderError> =>
    asked.then(
      (answer) => expect.fail(`answered ${JSON.stringify(answer)}`),
      (error: ProviderError) => error,
    );
  const posts = (): number => stage.recorder.sent('POST', path).length;
  const played = (reply: Reply) => stage.recorder.play(path, () => reply);

  it('answers the value with what it cost: usage, tier and request id, as they were billed', async () => {
    const answer = await ask();
    const [bill] = await stage.bill();
    expect(answer).toMatchObject({
      outcome: 'ok',
      value: { title: expect.any(String) as string },
      model: 'gpt-6-luna',
      requestId: bill?.requestId,
      tier: 'default',
    });
    expect(answer.usage).toEqual({ ...bill?.usage, cacheWrite: 0, cacheWrite12h: 0, reasoning: 0 });
    expect(answer.seconds).toBeGreaterThanOrEqual(0);
    expect(posts()).toBe(1);
  });

  it('sends a strict schema, the limit and our own id of the call', async () => {
    await ask();
    const [call] = stage.recorder.sent('POST', path);
    expect(call?.headers).toMatchObject({
      authorization: 'Bearer sample',
      'x-client-request-id': question.key,
    });
    const body = JSON.parse(call?.body ?? '') as any;
    const format = api === 'responses' ? body.text.format : body.response_format.json_schema;
    expect(format).toMatchObject({ name: 'headline', strict: true });
    expect(format.schema).toMatchObject({ required: ['title'], additionalProperties: false });
    // With room for a model that thinks first: twice the answer and 4,000.
    expect(body.max_output_tokens ?? body.max_completion_tokens).toBe(5_000);
  });

  it.each(SPOILED_ANSWERS)('keeps the usage of an answer that is a %s', async (kind, outcome) => {
    stage.control.fail({ on: 'openai', kind });
    const answer = await ask();
    const [bill] = await stage.bill();
    expect(answer).toMatchObject({
      outcome,
      detail: expect.stringMatching(/\S/) as string,
      requestId: bill?.requestId,
    });
    expect(answer.usage).toMatchObject({ ...bill?.usage });
    expect(posts()).toBe(1);
  });

  it('reads cached, cache-write and reasoning tokens, and 0 where a compatible server leaves them out', async () => {
    const written = { cache_write_tokens: 64, cache_write_tokens_details: { ttl_30m: 24, ttl_12h: 40 } };
    const details = { cached_tokens: 900, ...written };
    played(json(reply(api, details, { reasoning_tokens: 12 })));
    expect((await ask()).usage).toEqual({
      input: 1_000,
      cached: 900,
      cacheWrite: 64,
      cacheWrite12h: 40,
      output: 50,
      reasoning: 12,
    });
    played(json(reply(api, undefined, undefined)));
    expect(await ask()).toMatchObject({
      outcome: 'ok',
      tier: null,
      requestId: null,
      usage: { input: 1_000, cached: 0, cacheWrite: 0, cacheWrite12h: 0, output: 50, reasoning: 0 },
    });
  });

  it('takes an answer without any usage', async () => {
    played(json({ ...reply(api, undefined, undefined), usage: undefined }));
    expect(await ask()).toMatchObject({ outcome: 'ok', usage: null });
  });

  it('counts a content filter as a refusal, with its usage', async () => {
    const cut =
      api === 'responses'
        ? { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }
        : { choices: [{ index: 0, finish_reason: 'content_filter', message: { content: '' } }] };
    played(json({ ...reply(api, undefined, undefined), ...cut }));
    expect(await ask()).toMatchObject({
      outcome: 'refused',
      detail: 'content_filter',
      usage: { input: 1_000 },
    });
  });

  it('counts an answer that failed at the provider, with its usage', async () => {
    const failed =
      api === 'responses'
        ? { status: 'failed', error: { code: 'server_error', message: 'It broke.' } }
        : { choices: [] };
    played(json({ ...reply(api, undefined, undefined), ...failed }));
    expect(await ask()).toMatchObject({ outcome: 'failed', usage: { input: 1_000 } });
  });

  it('takes no answer that does not fit the schema', async () => {
    played(json(reply(api, undefined, undefined, '{"titel":"Two times"}')));
    expect(await ask()).toMatchObject({
      outcome: 'malformed',
      detail: expect.stringContaining('title') as string,
    });
  });

  it.each([
    [
      'a rate limit',
      { status: 429, retryAfter: 7 },
      { status: 429, code: 'rate_limit_exceeded', retryAfterMs: 7_000 },
    ],
    [
      'a quota that is used up',
      { status: 429, code: 'insufficient_quota' },
      { status: 429, code: 'insufficient_quota', retryAfterMs: null },
    ],
    ['a wrong key', { status: 401 }, { status: 401, code: 'invalid_api_key' }],
    ['a server error', { status: 500 }, { status: 500, code: null }],
    ['an error page', { status: 502, body: '<html>Bad gateway</html>' }, { status: 502, code: null }],
  ])('throws %s with its code and request id, after one POST', async (_name, fault, facts) => {
    stage.control.fail({ on: 'openai', kind: 'status', ...fault });
    expect(await failure()).toMatchObject({
      name: 'ProviderError',
      kind: 'answered',
      requestId: expect.stringMatching(/^req_/) as string,
      ...facts,
    });
    expect(posts()).toBe(1);
    expect(await stage.bill()).toEqual([]);
  });

  it('takes retry-after-ms over Retry-After', async () => {
    played({
      ...json({ error: { message: 'Slow down', code: 'rate_limit_exceeded' } }),
      status: 429,
      headers: { 'content-type': 'application/json', 'retry-after-ms': '1500', 'retry-after': '9' },
    });
    expect(await failure()).toMatchObject({ status: 429, retryAfterMs: 1_500 });
  });

  it("names an unknown model in the provider's words", async () => {
    const error = await failure(ask({ model: 'gpt-0' }));
    expect(error).toMatchObject({ status: 404, code: 'model_not_found' });
    expect(error.message).toContain("The model 'gpt-0' does not exist");
  });

  it.each([
    ['before it is accepted', 'drop-before', 0],
    ['after it is accepted', 'drop-after', 1],
  ] as const)('calls a connection that breaks %s lost, after one POST', async (_name, kind, bills) => {
    stage.control.fail({ on: 'openai', kind });
    expect(await failure()).toMatchObject({ kind: 'lost', status: null });
    expect(posts()).toBe(1);
    expect(await stage.bill()).toHaveLength(bills);
  });

  it('calls an answer that breaks off lost, after one POST', async () => {
    stage.recorder.play(path, async (_call, behind) => ({ ...(await behind()), cut: true }));
    expect(await failure()).toMatchObject({ kind: 'lost' });
    expect(posts()).toBe(1);
  });

  it('calls a web page with status 200 lost: nothing in it tells the cost', async () => {
    played(webPage);
    expect(await failure()).toMatchObject({ kind: 'lost', provider: 'openai' });
    expect(posts()).toBe(1);
  });

  it('knows that nothing was sent to a closed port', async () => {
    const error = await failure(text(`${await closedUrl()}/v1`).ask(question));
    expect(error).toMatchObject({ kind: 'unreachable' });
    expect(error.message).toMatch(/^openai: no answer: /);
  });

  it('leaves an abort of ours as it is', async () => {
    const abort = new AbortController();
    stage.recorder.play(path, () => {
      abort.abort();
      return webPage;
    });
    const error = await failure(ask({ signal: abort.signal }));
    expect(error.constructor.name).toBe('APIUserAbortError');
  });
});

/** A small answer in the shape of an API, as a compatible server sends it. */
function reply(
  api: 'responses' | 'chat',
  inputDetails: object | undefined,
  outputDetails: object | undefined,
  content = '{"title":"Two times on one clock"}',
): object {
  return api === 'responses'
    ? {
        object: 'response',
        status: 'completed',
        model: 'llama-3',
        output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: content }] }],
        usage: {
          input_tokens: 1_000,
          input_tokens_details: inputDetails,
          output_tokens: 50,
          output_tokens_details: outputDetails,
        },
      }
    : {
        object: 'chat.completion',
        model: 'llama-3',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
        usage: {
          prompt_tokens: 1_000,
          prompt_tokens_details: inputDetails,
          completion_tokens: 50,
          completion_tokens_details: outputDetails,
        },
      };
}

describe('of the stand-in', () => {
  const text = () =>
    new OpenAiText({ apiKey: 'sample', baseUrl: stage.openAiBaseUrl, api: 'responses', offline: true });
  const embedding = { model: 'text-embedding-3-small', texts: ['harbor clocks', 'rye'], key: 'k' };

  it('embeddings come with exactly what was billed, and their charge is that', async () => {
    const answer = await text().embed(embedding);
    const [bill] = await stage.bill();
    expect(answer).toMatchObject({
      ...{ outcome: 'ok', requestId: bill?.requestId, model: embedding.model },
      usage: { input: bill?.usage?.input, output: 0 },
    });
    expect(answer).toHaveProperty('vectors.1.1535');
    const services = { text: text(), now: () => new Date() };
    expect(embeddingCharges(services, embedding).answered(answer, 'kept')).toMatchObject({
      ...{ amount: bill?.amountNano, basis: 'priced', offline: true },
    });
  });

  it('embeddings that come one short can not be used, and were paid for', async () => {
    stage.control.fail({ on: 'openai', kind: 'malformed' });
    const answer = await text().embed(embedding);
    expect(answer).toMatchObject({ outcome: 'failed', detail: '1 vectors for 2 texts' });
    expect(answer.usage?.input).toBe((await stage.bill())[0]?.usage?.input);
  });

  it('moderation tells each text, and costs nothing', async () => {
    expect(await text().moderate(['On rye', 'I want to hurt somebody'])).toEqual([
      { flagged: false, categories: [] },
      { flagged: true, categories: ['violence'] },
    ]);
    expect(await stage.bill()).toEqual([]);
  });
});
