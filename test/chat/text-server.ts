import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { listenOnLoopback } from '../loopback.js';

export interface Asked {
  readonly key: string;
  readonly path: string;
  readonly prompt: string;
  readonly offered: readonly string[];
  readonly body: string;
}

/** What the model answers with; a number is a status without an answer, `lost` breaks the connection, text is sent as it is. */
export type Said = object | number | string;

export type TextServer = Awaited<ReturnType<typeof startTextServer>>;

const USAGE = { input_tokens: 1_000, output_tokens: 50 };

export const honest = ({ offered }: Asked): Said => ({
  answered: true,
  answer: 'Rye holds more water, so the loaf keeps.',
  citations: offered.slice(0, 1),
});

/** A text server whose model says what a test has it say, late if need be; for `OPENAI_BASE_URL`. */
export async function startTextServer() {
  const asked: Asked[] = [];
  let says: (asked: Asked) => Said | Promise<Said> = honest;
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => request.socket.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await json(request)) as Record<string, unknown>;
    const path = String(request.url);
    if (!path.endsWith('/responses')) return send(response, 404, { error: { message: 'no such path' } });
    const prompt = [body.instructions, body.input].map(textOf).join('\n');
    const call = {
      ...{ key: String(request.headers['x-client-request-id']), path, prompt },
      offered: [...prompt.matchAll(/<post id="([A-Za-z0-9]{12})"/g)].map((match) => String(match[1])),
      body: JSON.stringify(body),
    };
    asked.push(call);
    const said = await says(call);
    if (said === 'lost') return void request.socket.destroy();
    if (typeof said === 'number') {
      response.setHeader('retry-after', '1');
      return send(response, said, { error: { message: `status ${said}`, code: null, type: 'error' } });
    }
    send(response, 200, reply(String(body.model), typeof said === 'string' ? said : JSON.stringify(said)));
  }
  const { url, close } = await listenOnLoopback(server);
  return {
    url: `${url}/v1`,
    /** Every request that asked the model, oldest first. */
    asked: asked as readonly Asked[],
    say: (next: typeof says): void => void (says = next),
    /** Answers from the first post that it is offered, as at the start. */
    reset(): void {
      says = honest;
      asked.length = 0;
    },
    close,
  };
}

const textOf = (part: unknown): string => (typeof part === 'string' ? part : JSON.stringify(part ?? ''));

const reply = (model: string, text: string): object => ({
  ...{ object: 'response', status: 'completed', model, service_tier: 'default', usage: USAGE },
  output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }],
});

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
