import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { NO_SECRETS } from '../secrets.js';
import { failure } from '../testing/failure.js';
import { Connection } from './connection.js';
import { completion, JSON_TEXT, question, says, send, useVendor, VALUE } from './testing/vendor.js';

const { serve, told, calls } = useVendor();
const OK = completion(JSON_TEXT);

describe('a server of another vendor', () => {
  it('is asked with every bound, told the schema in words, and named by its host', async () => {
    const text = await serve(says(OK));
    expect(await text.ask(question)).toMatchObject({ outcome: 'ok', value: VALUE, requestId: 'req_7' });
    const { body, headers } = calls()[0]!;
    const { json_schema } = body.response_format;
    expect(json_schema).toMatchObject({
      name: 'headline',
      strict: true,
      schema: {
        properties: { title: { maxLength: 60 }, tags: { minItems: 1, maxItems: 3 } },
        required: ['title', 'tags'],
      },
    });
    expect(body.max_tokens).toBe(500);
    expect(body).not.toHaveProperty('max_completion_tokens');
    expect(body.messages[0].content).toBe(
      `You write headlines.\n\nAnswer with one JSON object alone, without any words before or after it, that fits this JSON schema:\n${JSON.stringify(json_schema.schema)}`,
    );
    expect(headers).toMatchObject({ 'x-client-request-id': question.key, host: text.provider });
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
      const inWords = completion(`Sure!\n\`\`\`json\n${JSON_TEXT}\n\`\`\``);
      const text = await serve(({ body }, response) =>
        body.response_format === undefined ? send(response, inWords) : send(response, refusal, status),
      );
      expect(await text.ask(question)).toMatchObject({ outcome: 'ok', value: VALUE });
      const formats = () => calls().map(({ body }) => body.response_format?.type);
      expect(formats().slice(-2)).toEqual(['json_object', undefined]);
      expect(calls().at(-1)?.body.messages[0].content).toContain('"maxLength":60');
      const tries = calls().length;
      await text.ask(question);
      expect(formats().slice(tries)).toEqual([undefined]);
    },
  );

  it('that refuses lengths, then counts, keeps its schema', async () => {
    const text = await serve(({ body }, response) => {
      const { title, tags } = body.response_format.json_schema.schema.properties;
      if (title.maxLength) return send(response, { error: "'maxLength' is not permitted" }, 400);
      if (tags.minItems) return send(response, { error: { message: 'minItems is not supported' } }, 400);
      return send(response, OK);
    });
    expect(await text.ask(question)).toMatchObject({ outcome: 'ok' });
    expect(calls()).toHaveLength(3);
    const { json_schema } = calls()[2]!.body.response_format;
    expect(json_schema.schema).toMatchObject({ required: ['title', 'tags'] });
  });

  it('that knows the other name of the limit gets that', async () => {
    const error = "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
    const text = await serve(({ body }, response) =>
      body.max_tokens === undefined ? send(response, OK) : send(response, { error }, 400),
    );
    expect(await text.ask(question)).toMatchObject({ outcome: 'ok' });
    const { max_completion_tokens, response_format } = calls()[1]!.body;
    expect([max_completion_tokens, response_format.type]).toEqual([500, 'json_schema']);
  });

  it('that refuses everything is asked in each way once, and answers with its first words', async () => {
    const text = await serve((_call, response) =>
      send(response, { error: { message: `No ${calls().length}` } }, 400),
    );
    const message = `${text.provider}: 400 No 1`;
    const error = await failure(text.ask(question));
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'answered', status: 400, message });
    expect(calls()).toHaveLength(4);
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
    const text = await serve(says({ error: 'no json_object' }, 400), { output: 'json_object' });
    await failure(text.ask(question));
    expect(calls().map(({ body }) => body.response_format)).toEqual([{ type: 'json_object' }]);
  });

  it.each([
    [{ completion_tokens_details: { reasoning_tokens: 40 } }, {}],
    [{}, { reasoning_content: 'Hmm.' }],
    [{}, { content: `<think>Hmm.</think>${JSON_TEXT}` }],
  ])('whose model thinks (%j, %j) gets room for it from then on', async (thoughts, words) => {
    const usage = { prompt_tokens: 9, completion_tokens: 50, ...thoughts };
    const message = { content: JSON_TEXT, ...words };
    const text = await serve(says({ choices: [{ finish_reason: 'stop', message }], usage }));
    for (let asks = 0; asks < 2; asks++) expect(await text.ask(question)).toMatchObject({ outcome: 'ok' });
    expect(calls().map(({ body }) => body.max_tokens)).toEqual([500, 5_000]);
  });
});

describe('a sloppy server', () => {
  it.each<[string, object, object]>([
    ['nothing but the content', { choices: [{ message: { content: JSON_TEXT } }] }, { requestId: 'req_7' }],
    ['a usage that can not be true', { ...OK, usage: { prompt_tokens: -1 } }, { billed: null, tier: null }],
  ])('may tell %s; then the usage is not known', async (_what, body, facts) => {
    expect(await told(body)).toMatchObject({ outcome: 'ok', usage: null, model: 'qwen3', ...facts });
  });

  it('may answer in parts', async () => {
    const parts = [
      { type: 'thinking', text: 'Hmm {' },
      { type: 'text', text: JSON_TEXT.slice(0, 9) },
      { type: 'text', text: { value: JSON_TEXT.slice(9) } },
    ];
    expect(await told(completion(parts))).toMatchObject({ outcome: 'ok', value: VALUE });
  });

  it('names the call in its answer where no header does', async () => {
    const text = await serve((_call, response) => response.end(JSON.stringify(OK)));
    expect(await text.ask(question)).toMatchObject({ outcome: 'ok', requestId: 'gen-1' });
  });

  it('may name the cost', async () => {
    const usage = { prompt_tokens: 1_000, completion_tokens: 50, cost: 0.0001234567 };
    expect(await told({ ...OK, usage })).toMatchObject({ billed: 123_457 });
  });

  it('is cut off, unless what it said was whole', async () => {
    const cut = (content: string) =>
      completion(content, { choices: [{ finish_reason: 'length', message: { content } }] });
    const answer = await told(cut(JSON_TEXT.slice(0, -5)));
    expect(answer).toMatchObject({ outcome: 'truncated', detail: 'the output limit was reached' });
    expect(await told(cut(`${JSON_TEXT}   \n\n`))).toMatchObject({ outcome: 'ok' });
  });

  it('is cut off too where it does not say so', async () => {
    const usage = { prompt_tokens: 1_000, completion_tokens: 500 };
    expect(await told(completion(JSON_TEXT.slice(0, -5), { usage }))).toMatchObject({ outcome: 'truncated' });
  });
});

describe('a late server', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    ['never answers', () => undefined],
    ['stops after its headers', (response) => void response.writeHead(200).write('{"choices":')],
    ['stops after the headers of an error', (response) => void response.writeHead(400).write('{')],
  ])('that %s is given up, by name', async (_what, start) => {
    const text = await serve((_call, response) => start(response), { timeoutSeconds: 1 });
    const message = `${text.provider}: no answer within 1 s (COPYDESK_TEXT_TIMEOUT)`;
    const error = await failure(text.ask(question));
    expect(error).toMatchObject({ name: 'ProviderError', kind: 'lost', code: 'timeout', message });
    expect(calls()).toHaveLength(1);
  });

  it('is left at once when we are stopped', async () => {
    const stop = new AbortController();
    const text = await serve(() => stop.abort());
    const error = await failure(text.ask({ ...question, signal: stop.signal }));
    expect(error.constructor.name).toBe('APIUserAbortError');
  });

  it('is left when we are stopped while its answer is read', async () => {
    const stop = new AbortController();
    const pull = (): never => {
      stop.abort();
      throw new Error('it broke off');
    };
    const facts = { apiKey: 'none', provider: 'here', timeoutSeconds: 60, secrets: NO_SECRETS };
    const connection = new Connection({ baseUrl: 'http://127.0.0.1:1', ...facts });
    const answer = new Response(new ReadableStream({ pull }));
    const error = await failure(connection.post(() => Promise.resolve(answer), { signal: stop.signal }));
    expect(error.constructor.name).toBe('APIUserAbortError');
  });
});
