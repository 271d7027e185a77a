import { afterEach } from 'vitest';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
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

export interface Vendor {
  /** With `/v1`. */
  readonly url: string;
  readonly calls: VendorCall[];
  close(): Promise<void>;
}

/** A server that speaks the API in its own way. `answer` may leave the connection as it is. */
export async function startVendor(
  answer: (call: VendorCall, response: ServerResponse) => void,
): Promise<Vendor> {
  const calls: VendorCall[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const call = { path: request.url ?? '', headers: request.headers, body: JSON.parse(body) as unknown };
      calls.push(call);
      answer(call, response);
    });
  });
  const { url, close } = await listenOnLoopback(server);
  return {
    url: `${url}/v1`,
    calls,
    close,
  };
}

export function send(response: ServerResponse, body: unknown, status = 200): void {
  const json = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_7' }).end(json);
}

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

/** Our client of a vendor. */
export const clientOf = (vendor: Vendor, settings: Partial<OpenAiSettings> = {}): OpenAiText =>
  new OpenAiText({ apiKey: 'none', baseUrl: vendor.url, api: 'chat', offline: false, ...settings });

/** The error of a question that must have none but that. */
export const failure = (asked: Promise<unknown>): Promise<any> =>
  asked.then(
    (answer) => {
      throw new Error(`answered ${JSON.stringify(answer)}`);
    },
    (error: unknown) => error,
  );

type Answer = (call: VendorCall, response: ServerResponse) => void;

/** A server for each test of a file: `serve` starts it, and it is closed after the test. */
export function useVendor() {
  let vendor: Vendor | null = null;
  afterEach(() => vendor?.close());
  const serve = async (answer: Answer, settings: Partial<OpenAiSettings> = {}): Promise<OpenAiText> => {
    vendor = await startVendor(answer);
    return clientOf(vendor, settings);
  };
  return {
    serve,
    /** Asks a server that always answers so. */
    told: async (body: unknown, settings: Partial<OpenAiSettings> = {}) =>
      (await serve((_call, response) => send(response, body), settings)).ask(question),
    /** The server of the test that runs. */
    vendor: () => vendor as Vendor,
    /** What it was asked, oldest first. */
    calls: (): readonly VendorCall[] => vendor?.calls ?? [],
  };
}
