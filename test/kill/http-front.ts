import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { listenOnLoopback } from '../loopback.js';
import type { Ambush } from './ambush.js';

/** A paid question as it went over the wire: the key of the charge it must have, and the provider's id of its answer. */
export interface Asked {
  readonly key: string;
  readonly requestId: string;
}

/** An HTTP server before the providers' stand-ins. It outlives the worker, and the ambush can have the worker killed at a call. */
export interface HttpFront {
  readonly url: string;
  /** Every paid question that the stand-in has answered, whether or not the answer was passed on. */
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** The platform API answers at once in the stand-in; a look-up of a price that takes a while leaves a boundary to kill at. */
const PLATFORM_MS = 150;
const OF_ONE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

/** @param target origin of the stand-ins. */
export async function startHttpFront(target: string, ambush: Ambush): Promise<HttpFront> {
  const asked: Asked[] = [];
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = incoming;
    const call: Call = { method, path, headers, body: await buffer(incoming) };
    const subject = subjectOf(call);
    const cut = ambush.take('request', subject);
    if (cut?.moment === 'asked') {
      await ambush.spring(cut, subject);
      return void incoming.socket.destroy();
    }
    if (path.includes('/api.fal.ai/')) await sleep(PLATFORM_MS);
    const reply = await pass(target, agent, call).catch((error: unknown) => {
      if (cut) ambush.giveBack(cut);
      throw error;
    });
    note(call, reply);
    if (cut?.moment === 'answered') {
      await ambush.spring(cut, subject);
      return void incoming.socket.destroy();
    }
    outgoing.writeHead(reply.status, endToEnd(reply));
    if (!cut) return void outgoing.end(reply.body);
    outgoing.write(reply.body.subarray(0, reply.body.length / 2), () => void ambush.spring(cut, subject));
  }

  function note({ headers }: Call, reply: Reply): void {
    const key = headers['x-client-request-id'];
    const requestId = reply.headers['x-request-id'];
    if (typeof key === 'string' && typeof requestId === 'string') asked.push({ key, requestId });
  }

  const { url, close } = await listenOnLoopback(server);
  return {
    url,
    asked,
    async close() {
      await close();
      agent.destroy();
    },
  };
}

/** `POST /openai/v1/responses plan`: method, path without its query and, for text, the name of what is asked for. */
function subjectOf({ method, path, body }: Call): string {
  const subject = `${method} ${path.split('?')[0]}`;
  if (!path.startsWith('/openai/')) return subject;
  const { text } = JSON.parse(body.toString()) as { text?: { format?: { name?: string } } };
  return `${subject} ${text?.format?.name ?? ''}`;
}

/** The `host` header stays, so that addresses in the answer lead back here. */
function pass(target: string, agent: Agent, { method, path, headers, body }: Call): Promise<Reply> {
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

function endToEnd({ headers, body }: Reply): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(
    ([name, value]) => value !== undefined && !OF_ONE_CONNECTION.includes(name),
  );
  return {
    ...(Object.fromEntries(kept) as Record<string, string | string[]>),
    'content-length': String(body.length),
  };
}
