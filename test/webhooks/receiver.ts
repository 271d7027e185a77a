import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

/** What a receiver was sent, once its signature was found right. */
export interface Heard {
  /** The `webhook-id`. */
  readonly id: string;
  readonly body: string;
  readonly event: {
    readonly type: string;
    readonly timestamp: string;
    readonly data: { post?: Record<string, unknown>; reviewUrl?: string; batch?: Record<string, unknown> };
  };
}

/** A whole answer, where its status alone is not enough. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** It takes the event, and breaks the connection off instead of answering. */
  readonly isLost?: boolean;
}

/** A receiver of webhooks as a user would write it: it verifies with the package of Standard Webhooks and answers. */
export interface Receiver {
  readonly url: string;
  /** What it has taken, oldest first. */
  readonly taken: readonly Heard[];
  /** The ids of what it was asked to take, taken or not. */
  readonly asked: readonly string[];
  /** What it answers; 204 at first. Null breaks the connection off. */
  answer: (heard: Heard) => number | Answer | null | Promise<number>;
  /** Nobody listens any more. @returns how it listens again, at the same address */
  goAway(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** @param secret `whsec_` and base64 */
export async function startReceiver(secret: string): Promise<Receiver> {
  const verifier = new Webhook(secret);
  const taken: Heard[] = [];
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    void hear(request).then(async (heard) => {
      asked.push(heard?.id ?? 'unsigned');
      if (!heard) return response.writeHead(400).end();
      const given = await receiver.answer(heard);
      if (given === null) return request.socket.destroy();
      const answer: Answer = typeof given === 'number' ? { status: given } : given;
      const { status, headers, body, isLost } = answer;
      if (status < 300) taken.push(heard);
      return isLost ? request.socket.destroy() : response.writeHead(status, headers).end(body);
    });
  });

  /** Null for what is not signed as it should be. */
  async function hear(request: IncomingMessage): Promise<Heard | null> {
    const body = await text(request);
    try {
      const event = verifier.verify(body, request.headers as Record<string, string>) as Heard['event'];
      return { id: String(request.headers['webhook-id']), body, event };
    } catch {
      return null;
    }
  }

  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hook?key=quiet`,
    taken,
    asked,
    answer: () => 204,
    async goAway() {
      await stop();
      return () => listen(port);
    },
    close: stop,
  };
  return receiver;
}
