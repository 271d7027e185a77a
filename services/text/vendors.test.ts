import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  completion,
  failure,
  JSON_TEXT,
  question,
  send,
  useVendor,
  type VendorCall,
  VALUE,
} from './testing/vendor.js';

const { serve, calls, vendor } = useVendor();

describe('a server of another vendor', () => {
  it('is asked with every bound, told the schema in words, and named by its host', async () => {
    const text = await serve((_call, response) => send(response, completion(JSON_TEXT)));
    expect(await text.ask(question)).toMatchObject({ outcome: 'ok', value: VALUE, requestId: 'req_7' });
    const [{ body, headers }] = calls() as [VendorCall];
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
    expect(text.provider).toBe(new URL(vendor().url).host);
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
      const formats = () => calls().map(({ body }) => body.response_format?.type);
      expect(formats().slice(-2)).toEqual(['json_object', undefined]);
      expect(calls().at(-1)?.body.messages[0].content).toContain('"maxLength":60');
      const tries = calls().length;
      await text.ask(question);
      expect(calls()).toHaveLength(tries + 1);
      expect(calls().at(-1)?.body).not.toHaveProperty('response_format');
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
    expect(calls()).toHaveLength(3);
    expect(calls()[2]?.body.response_format.json_schema.schema).toMatchObject({
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
    expect(calls()[1]?.body).toMatchObject({
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
    const text = await serve((_call, response) => send(response, { error: 'no json_object' }, 400), {
      output: 'json_object',
    });
    await failure(text.ask(question));
    expect(calls().map(({ body }) => body.response_format)).toEqual([{ type: 'json_object' }]);
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
    expect(calls().map(({ body }) => body.max_tokens)).toEqual([500, 5_000]);
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
    expect(calls()).toHaveLength(1);
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
