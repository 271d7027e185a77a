import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback, type Loopback } from '../loopback.js';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Answers a call, perhaps with what the server behind has answered. What it throws breaks the connection off. */
export type Handle = (call: Call, pass: () => Promise<Reply>, outgoing: ServerResponse) => Promise<void>;

const OF_ONE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

/** An HTTP server before the providers' stand-ins. @param target their origin */
export async function startHttpFront(target: string, handle: Handle): Promise<Loopback> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const { method = '', url: path = '', headers } = incoming;
    void buffer(incoming)
      .then((body) => {
        const call = { method, path, headers, body };
        return handle(call, () => pass(target, call, agent), outgoing);
      })
      .catch(() => incoming.socket.destroy());
  });
  const { url, close } = await listenOnLoopback(server);
  return { url, close: () => close().finally(() => agent.destroy()) };
}

/** The headers of a reply as they go on to whoever asked. */
export function writeHead(outgoing: ServerResponse, { status, headers, body }: Reply): void {
  const kept = Object.entries(headers).filter(([name]) => !OF_ONE_CONNECTION.includes(name));
  outgoing.writeHead(status, { ...Object.fromEntries(kept), 'content-length': String(body.length) });
}

/** The `host` header stays, so that addresses in the answer lead back here. */
export function pass(
  target: string,
  { method, path, headers, body }: Call,
  agent: Agent | false = false,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${target}${path}`, { method, headers, agent }, (answer) => {
      buffer(answer).then(
        (bytes) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: bytes }),
        reject,
      );
    });
    outgoing.on('error', reject).end(body);
  });
}
