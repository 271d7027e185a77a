import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OpenAiText, type OpenAiSettings } from './openai.js';
import { completion, send, startVendor, type Vendor, type VendorCall } from './testing/vendor.js';
import type { TextQuestion } from './text.js';

let vendor: Vendor;
afterEach(() => vendor.close());

const VALUE = { title: 'Two times', tags: ['tides'] };
const JSON_TEXT = JSON.stringify(VALUE);

const question: TextQuestion<typeof VALUE> = {
  model: 'qwen3',
  name: 'headline',
  schema: z.object({
    title: z.string().meta({ maxLength: 60 }).describe('Title'),
    tags: z.array(z.string().meta({ minLength: 1 })).meta({ minItems: 1, maxItems: 3 }),
  }),
  instructions: 'You write headlines.',
  input: 'Topic: harbor clocks',
  maxOutputTokens: 500,
  key: 'post/UpkTZ26nc9Eb/draft/r1/1/1',
};

type Answer = (call: VendorCall, response: ServerResponse) => void;

async function serve(answer: Answer, settings: Partial<OpenAiSettings> = {}): Promise<OpenAiText> {
  vendor = await startVendor(answer);
  const { url: baseUrl } = vendor;
  return new OpenAiText({ apiKey: 'none', baseUrl, api: 'chat', offline: false, ...settings });
}

/** Asks a server that always answers so. */
const told = async (body: unknown, settings: Partial<OpenAiSettings> = {}) =>
  (await serve((_call, response) => send(response, body), settings)).ask(question);

const failure = (asked: Promise<unknown>): Promise<any> =>
  asked.then(
    (answer) => expect.fail(`answered ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );

describe('a server of another vendor', () => {
  it('is asked with every bound, told the schema in words, and named by its host', async () => {
    const text = await serve((_call, response) => send(response, completion(JSON_TEXT)));
    expect(await text.ask(question)).toMatchObject({ outcome: 'ok', value: VALUE, requestId: 'req_7' });
    const [{ body, headers }] = vendor.calls as [VendorCall];
    const { json_schema } = body.response_format;
    expect(json_schema).toEqual({
      ...{ name: 'headline', strict: true },
      schema: {
        type: 'object',
        properties: {
          title: { type: 'string', description: 'Title', maxLength: 60 },
          tags: { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string', minLength: 1 } },
        },
        required: ['title', 'tags'],
        additionalProperties: false,
      },
    });
    expect(body).toMatchObject({ max_tokens: 500 });
    expect(body).not.toHaveProperty('max_completion_tokens');
    expect(body.messages[0].content).toBe(
      `You write headlines.\n\nAnswer with one JSON object alone, without any words before or after it, that fits this JSON schema:\n${JSON.stringify(json_schema.schema)}`,
    );
    expect(headers).toMatchObject({ 'x-client-request-id': question.key });
    expect(text.provider).toBe(new URL(vendor.url).host);
  });

  it.each([
    [
      400,
      { error: { message: 'This response_format type is unavailable now', code: 'invalid_request_error' } },
    ],
    [422, { detail: [{ loc: ['body', 'response_format', 'type'], msg: 'json_schema is unavailable now' }] }],
    [400, { error: "'response_format.type' must be 'text'" }],
    [400, 'Bad Request'],
  ])(
    'that refuses schemas with %i %j is asked in words, and from then on at once',
    async (status, refusal) => {
      const text = await serve(({ body }, response) =>
        body.response_format === undefined
          ? send(response, completion(`Sure!\n\`\`\`json\n${JSON_TEXT}\n\`\`\``))
          : send(response, refusal, status),
      );
      expect(await text.ask(question)).toMatchObject({ outcome: 'ok', value: VALUE });
      const formats = () => vendor.calls.map(({ body }) => body.response_format?.type);
      expect(formats().slice(-2)).toEqual(['json_object', undefined]);
      expect(vendor.calls.at(-1)?.body.messages[0].content).toContain('"maxLength":60');
      const tries = vendor.calls.length;
      await text.ask(question);
      expect(vendor.calls).toHaveLength(tries + 1);
      expect(vendor.calls.at(-1)?.body).not.toHaveProperty('response_format');
    },
  );

  it('that refuses lengths, then counts, keeps its schema', async () => {
    const text = await serve(({ body }, response) => {
      const { schema } = body.response_format.json_schema;
      if (schema.properties.title.maxLength)
        return send(response, { error: "'maxLength' is not permitted" }, 400);
      if (schema.properties.tags.minItems)
        return send(response, { error: { message: 'minItems is not supported' } }, 400);
      return send(response, completion(JSON_TEXT));
    });
    expect(await text.ask(question)).toMatchObject({ outcome: 'ok' });
    expect(vendor.calls).toHaveLength(3);
    expect(vendor.calls[2]?.body.response_format.json_schema.schema).toMatchObject({
      required: ['title', 'tags'],
    });
  });

  it('that knows the other name of the limit gets that', async () => {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    const text = await serve(({ body }, response) =>
      body.max_tokens === undefined
        ? send(response, completion(JSON_TEXT))
        : send(response, { error: { message, param: 'max_tokens', code: 'unsupported_parameter' } }, 400),
    );
    expect(await text.ask(question)).toMatchObject({ outcome: 'ok' });
    expect(vendor.calls[1]?.body).toMatchObject({
      max_completion_tokens: 500,
      response_format: { type: 'json_schema' },
    });
  });

  it('that refuses everything is asked in each way once, and answers with its first words', async () => {
    let count = 0;
    const text = await serve((_call, response) =>
      send(response, { error: { message: `No ${++count}` } }, 400),
    );
    const error = await failure(text.ask(question));
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'answered', status: 400 });
    expect(error.message).toBe(`${text.provider}: 400 No 1`);
    expect(vendor.calls).toHaveLength(4);
  });

  it('that is busy after a refusal says so', async () => {
    const text = await serve(({ body }, response) =>
      body.response_format.type === 'json_schema'
        ? send(response, { error: 'json_schema is not supported' }, 400)
        : send(response, { error: { message: 'Slow down' } }, 429),
    );
    expect(await failure(text.ask(question))).toMatchObject({ status: 429 });
  });

  it('is asked as a person has set it', async () => {
    const text = await serve((_call, response) => send(response, { error: 'no json_object' }, 400), {
      output: 'json_object',
    });
    await failure(text.ask(question));
    expect(vendor.calls.map(({ body }) => body.response_format)).toEqual([{ type: 'json_object' }]);
  });

  it.each([
    [{ completion_tokens_details: { reasoning_tokens: 40 } }, {}],
    [{}, { reasoning_content: 'Hmm.' }],
    [{}, { content: `<think>Hmm.</think>${JSON_TEXT}` }],
  ])('whose model thinks (%j, %j) gets room for it from then on', async (usage, message) => {
    const base = { prompt_tokens: 9, completion_tokens: 50 };
    const text = await serve((_call, response) =>
      send(response, {
        choices: [{ finish_reason: 'stop', message: { content: JSON_TEXT, ...message } }],
        usage: { ...base, ...usage },
      }),
    );
    for (let asks = 0; asks < 2; asks++) expect(await text.ask(question)).toMatchObject({ outcome: 'ok' });
    expect(vendor.calls.map(({ body }) => body.max_tokens)).toEqual([500, 5_000]);
  });
});

describe('a sloppy server', () => {
  it('may answer in parts', async () => {
    const parts = [
      { type: 'thinking', text: 'Hmm {' },
      { type: 'text', text: JSON_TEXT.slice(0, 9) },
      { type: 'text', text: { value: JSON_TEXT.slice(9) } },
    ];
    expect(await told(completion(parts))).toMatchObject({ outcome: 'ok', value: VALUE });
  });

  it.each([
    undefined,
    null,
    {},
    [],
    'none',
    { prompt_tokens: '12', completion_tokens: 3 },
    { prompt_tokens: -1 },
  ])('may tell the usage as %j, which is then not known', async (usage) => {
    expect(await told(completion(JSON_TEXT, { usage }))).toMatchObject({
      ...{ outcome: 'ok', usage: null, billed: null, model: 'qwen3', tier: null },
    });
  });

  it('may leave out everything but the content', async () => {
    expect(await told({ choices: [{ message: { content: JSON_TEXT } }] })).toMatchObject({
      ...{ outcome: 'ok', usage: null, model: 'qwen3', requestId: 'req_7' },
    });
  });

  it('names the call in its answer where no header does', async () => {
    const text = await serve((_call, response) => response.end(JSON.stringify(completion(JSON_TEXT))));
    expect(await text.ask(question)).toMatchObject({ outcome: 'ok', requestId: 'gen-1' });
  });

  it('may name the cost', async () => {
    const usage = { prompt_tokens: 1_000, completion_tokens: 50, cost: 0.0001234567 };
    expect(await told(completion(JSON_TEXT, { usage }))).toMatchObject({ billed: 123_457 });
  });

  it('is cut off, unless what it said was whole', async () => {
    const cut = (content: string) =>
      completion(content, { choices: [{ finish_reason: 'length', message: { content } }] });
    expect(await told(cut(JSON_TEXT.slice(0, -5)))).toMatchObject({
      ...{ outcome: 'truncated', detail: 'the output limit was reached', usage: { output: 50 } },
    });
    await vendor.close();
    expect(await told(cut(`${JSON_TEXT}   \n\n`))).toMatchObject({ outcome: 'ok' });
  });

  it('is cut off too where it does not say so', async () => {
    const usage = { prompt_tokens: 1_000, completion_tokens: 500 };
    expect(await told(completion(JSON_TEXT.slice(0, -5), { usage }))).toMatchObject({ outcome: 'truncated' });
  });
});

const FAILED = { outcome: 'failed' };
const MALFORMED = { outcome: 'malformed' };
const deep = `{"choices":[{"message":{"content":${'['.repeat(20_000)}${']'.repeat(20_000)}}}]}`;

describe('a hostile server', () => {
  it.each([
    ['no choices', { choices: [] }, FAILED],
    ['choices null', { choices: null }, FAILED],
    ['choices of text', { choices: 'many' }, FAILED],
    ['a choice of text', { choices: ['one'] }, FAILED],
    ['nothing', {}, FAILED],
    [
      'an error with status 200',
      { error: { code: 502, message: 'Provider\nreturned error' } },
      { ...FAILED, detail: 'Provider returned error' },
    ],
    [
      'an error in the choice',
      { choices: [{ error: { message: 'no' }, message: { content: 'x' } }] },
      { ...FAILED, detail: 'no' },
    ],
    ['no message', { choices: [{}] }, MALFORMED],
    ['a message of text', { choices: [{ message: 'hi' }] }, MALFORMED],
    ['content null', completion(null), { ...MALFORMED, detail: 'an empty answer' }],
    ['content that is a number', completion(7), MALFORMED],
    ['content that is an object', completion({ type: 'text', text: [] }), MALFORMED],
    ['parts that are none', completion([null, 7, [], { type: {} }]), MALFORMED],
    [
      'names that are objects',
      completion(JSON_TEXT, { model: {}, id: [], service_tier: 7 }),
      { outcome: 'ok', model: 'qwen3', tier: null },
    ],
    [
      'a refusal of many lines',
      completion(null, { choices: [{ message: { refusal: 'No.\nNo.' } }] }),
      { outcome: 'refused', detail: 'No. No.' },
    ],
    [
      'a refusal in parts',
      completion([{ type: 'refusal', refusal: 'No.' }]),
      { outcome: 'refused', detail: 'No.' },
    ],
    ['10 MB of brackets as content', completion('{'.repeat(10_000_000)), MALFORMED],
    [
      '20,000 levels as content',
      completion(`{"title":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
      MALFORMED,
    ],
    ['20,000 levels in the document', deep, MALFORMED],
  ])('that answers with %s comes to an outcome after one POST', async (_what, body, outcome) => {
    const answer = await told(body);
    expect(answer).toMatchObject(outcome);
    expect((answer as { detail?: string }).detail ?? '').toMatch(/^[^\n]{0,1000}$/);
    expect(vendor.calls).toHaveLength(1);
  });

  it.each([
    ['no output', {}, FAILED],
    ['output null', { status: 'completed', output: null }, { ...MALFORMED, detail: 'an empty answer' }],
    ['output of text', { status: 'completed', output: 'x' }, MALFORMED],
    [
      'items that are none',
      { status: 'completed', output: [null, 7, { type: 'message', content: null }] },
      MALFORMED,
    ],
    ['text beside the output', { status: 'completed', output_text: JSON_TEXT }, { outcome: 'ok' }],
    ['a state of its own', { status: 'queued', output: [] }, { ...FAILED, detail: 'the answer is queued' }],
    ['a failure without words', { status: 'failed', error: {} }, FAILED],
  ])('that answers over the Responses API with %s comes to one too', async (_what, body, outcome) => {
    expect(await told(body, { api: 'responses' })).toMatchObject({ usage: null, ...outcome });
    expect(vendor.calls).toHaveLength(1);
  });

  it.each([
    ['a web page', '<!doctype html><title>Sign in</title>', 'a web page, “Sign in”'],
    ['nothing', '', 'it is empty'],
    ['a list', '[1]', '[1]'],
    ['10 MB of brackets', '{'.repeat(10_000_000), '{'.repeat(200)],
    ['17 MB', `"${'x'.repeat(17_000_000)}"`, 'the answer is over 16 MB'],
  ])('that answers with %s is lost after one POST, with its request id', async (_what, body, words) => {
    const error = await failure(told(body));
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'lost', requestId: 'req_7' });
    expect(error.message).toContain(words);
    expect(error.message.length).toBeLessThanOrEqual(1_000);
    expect(vendor.calls).toHaveLength(1);
  });

  it.each([
    ['nested 20,000 levels deep', `{"error":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['of 10 MB', JSON.stringify({ error: { message: 'x'.repeat(10_000_000), code: {} } })],
  ])('that refuses with a document %s is told in one line', async (_what, body) => {
    const text = await serve((_call, response) => send(response, body, 403));
    const error = await failure(text.ask(question));
    expect(error).toMatchObject({ name: 'ProviderError', code: null });
    expect(error.message.length).toBeLessThanOrEqual(1_000);
    expect(vendor.calls).toHaveLength(1);
  });
});

describe('a late server', () => {
  it.each([
    ['never answers', () => undefined],
    [
      'stops after its headers',
      (response: ServerResponse) => void response.writeHead(200).write('{"choices":'),
    ],
    [
      'stops after the headers of an error',
      (response: ServerResponse) => void response.writeHead(400).write('{'),
    ],
  ])('that %s is given up, by name', async (_what, start) => {
    const text = await serve((_call, response) => start(response), { timeoutSeconds: 1 });
    const error = await failure(text.ask(question));
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'lost', code: 'timeout' });
    expect(error.message).toBe(`${text.provider}: no answer within 1 s (COPYDESK_TEXT_TIMEOUT)`);
    expect(vendor.calls).toHaveLength(1);
  });

  it('is left at once when we are stopped, after its headers too', async () => {
    const stop = new AbortController();
    const text = await serve((_call, response) => {
      response.writeHead(200).write('{', () => stop.abort());
    });
    const error = await failure(text.ask({ ...question, signal: stop.signal }));
    expect(error.constructor.name).toBe('APIUserAbortError');
  });
});
