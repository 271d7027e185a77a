import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { embeddingCharges } from '../../activities/text-charge.js';
import { closedUrl } from '../../activities/testing/recorder.js';
import { SPOILED_ANSWERS } from '../../activities/testing/samples.js';
import type { Stage } from '../../activities/testing/stage.js';
import { useStage } from '../../activities/testing/use-stage.js';
import { failure } from '../testing/failure.js';
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
const textOver = (api: 'responses' | 'chat', baseUrl = stage.openAiBaseUrl) =>
  new OpenAiText({ apiKey: 'sample', baseUrl, api, offline: true });

describe.each([
  { api: 'responses', path: '/openai/v1/responses' },
  { api: 'chat', path: '/openai/v1/chat/completions' },
] as const)('over the API $api', ({ api, path }) => {
  const ask = () => textOver(api).ask(question);
  const posts = (): number => stage.recorder.sent('POST', path).length;

  it('answers the value with what it cost: usage, tier and request id, as they were billed', async () => {
    const answer = await ask();
    const [bill] = await stage.bill();
    const title = expect.any(String) as string;
    expect(answer).toMatchObject({ outcome: 'ok', value: { title }, model: 'gpt-6-luna', tier: 'default' });
    expect(answer.requestId).toBe(bill?.requestId);
    expect(answer.usage).toEqual({ ...bill?.usage, cacheWrite: 0, cacheWrite12h: 0, reasoning: 0 });
    expect(answer.seconds).toBeGreaterThanOrEqual(0);
    expect(posts()).toBe(1);
  });

  it('sends a strict schema, the limit and our own id of the call', async () => {
    await ask();
    const [call] = stage.recorder.sent('POST', path);
    const headers = { authorization: 'Bearer sample', 'x-client-request-id': question.key };
    expect(call?.headers).toMatchObject(headers);
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
    const detail = expect.stringMatching(/\S/) as string;
    expect(answer).toMatchObject({ outcome, detail, requestId: bill?.requestId });
    expect(answer.usage).toMatchObject({ ...bill?.usage });
    expect(posts()).toBe(1);
  });

  it.each([
    [
      { status: 429, retryAfter: 7 },
      { code: 'rate_limit_exceeded', retryAfterMs: 7_000 },
    ],
    [
      { status: 429, code: 'insufficient_quota' },
      { code: 'insufficient_quota', retryAfterMs: null },
    ],
    [{ status: 401 }, { code: 'invalid_api_key' }],
    [{ status: 500 }, { code: null }],
    [{ status: 502, body: '<html>Bad gateway</html>' }, { code: null }],
  ])('throws %j with its code and request id, after one POST', async (fault, facts) => {
    stage.control.fail({ on: 'openai', kind: 'status', ...fault });
    const error = await failure(ask());
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'answered', status: fault.status, ...facts });
    expect(error.requestId).toMatch(/^req_/);
    expect(posts()).toBe(1);
    expect(await stage.bill()).toEqual([]);
  });

  it.each([
    ['before it is accepted', 'drop-before', 0],
    ['after it is accepted', 'drop-after', 1],
  ] as const)('calls a connection that breaks %s lost, after one POST', async (_name, kind, bills) => {
    stage.control.fail({ on: 'openai', kind });
    expect(await failure(ask())).toMatchObject({ kind: 'lost', status: null });
    expect(posts()).toBe(1);
    expect(await stage.bill()).toHaveLength(bills);
  });

  it('calls an answer that breaks off lost, after one POST', async () => {
    stage.recorder.play(path, async (_call, behind) => ({ ...(await behind()), cut: true }));
    expect(await failure(ask())).toMatchObject({ kind: 'lost' });
    expect(posts()).toBe(1);
  });

  it('knows that nothing was sent to a closed port', async () => {
    const error = await failure(textOver(api, `${await closedUrl()}/v1`).ask(question));
    expect(error).toMatchObject({ kind: 'unreachable' });
    expect(error.message).toMatch(/^openai: no answer: /);
  });
});

describe('of the stand-in', () => {
  const embedding = { model: 'text-embedding-3-small', texts: ['harbor clocks', 'rye'], key: 'k' };

  it('embeddings come with exactly what was billed, and their charge is that', async () => {
    const text = textOver('responses');
    const answer = await text.embed(embedding);
    const [bill] = await stage.bill();
    const usage = { input: bill?.usage?.input, output: 0 };
    expect(answer).toMatchObject({
      outcome: 'ok',
      requestId: bill?.requestId,
      model: embedding.model,
      usage,
    });
    expect(answer).toHaveProperty('vectors.1.1535');
    const charge = embeddingCharges({ text, now: () => new Date() }, embedding).answered(answer, 'kept');
    expect(charge).toMatchObject({ amount: bill?.amountNano, basis: 'priced', offline: true });
  });

  it('embeddings that come one short can not be used, and were paid for', async () => {
    stage.control.fail({ on: 'openai', kind: 'malformed' });
    const answer = await textOver('responses').embed(embedding);
    expect(answer).toMatchObject({ outcome: 'failed', detail: '1 vectors for 2 texts' });
    expect(answer.usage?.input).toBe((await stage.bill())[0]?.usage?.input);
  });

  it('moderation tells each text, and costs nothing', async () => {
    const flags = await textOver('responses').moderate(['On rye', 'I want to hurt somebody']);
    expect(flags).toMatchObject([{ flagged: false }, { flagged: true, categories: ['violence'] }]);
    expect(await stage.bill()).toEqual([]);
  });
});
