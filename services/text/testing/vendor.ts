import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach } from 'vitest';
import { z } from 'zod';
import { listenOnLoopback } from '../../../test/loopback.js';
import { OpenAiText, type OpenAiSettings } from '../openai.js';
import type { TextQuestion } from '../text.js';

/** A request as a server of another vendor sees it. */
export interface VendorCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: any;
}

/** How a server answers; it may leave the connection as it is. */
export type Answer = (call: VendorCall, response: ServerResponse) => void;

export function send(response: ServerResponse, body: unknown, status = 200): void {
  const json = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_7' }).end(json);
}

/** Always the same answer. */
export const says =
  (body: unknown, status = 200): Answer =>
  (_call, response) =>
    send(response, body, status);

/** A chat completion around a content. */
export const completion = (content: unknown, change: object = {}): object => ({
  ...{ id: 'gen-1', object: 'chat.completion', model: 'qwen3' },
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
  usage: { prompt_tokens: 1_000, completion_tokens: 50, total_tokens: 1_050 },
  ...change,
});

export const VALUE = { title: 'Two times', tags: ['tides'] };
export const JSON_TEXT = JSON.stringify(VALUE);

export const question: TextQuestion<typeof VALUE> = {
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

/** A server for each test of a file: `serve` starts it, in place of one before, and it is closed after the test. */
export function useVendor() {
  let calls: VendorCall[] = [];
  let close = (): Promise<void> => Promise.resolve();
  afterEach(() => close());
  const serve = async (answer: Answer, settings: Partial<OpenAiSettings> = {}): Promise<OpenAiText> => {
    await close();
    const heard: VendorCall[] = (calls = []);
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const call = { path: request.url ?? '', headers: request.headers, body: JSON.parse(body) as unknown };
        heard.push(call);
        answer(call, response);
      });
    });
    const loopback = await listenOnLoopback(server);
    close = loopback.close;
    const baseUrl = `${loopback.url}/v1`;
    return new OpenAiText({ apiKey: 'none', baseUrl, api: 'chat', offline: false, ...settings });
  };
  return {
    serve,
    /** Asks a server that always answers so. */
    told: async (body: unknown, settings: Partial<OpenAiSettings> = {}) =>
      (await serve(says(body), settings)).ask(question),
    /** What the server was asked, oldest first. */
    calls: (): readonly VendorCall[] => calls,
  };
}
