import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pass } from '../../test/kill/http-front.js';
import { listenOnLoopback } from '../../test/loopback.js';

export interface Call {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  /** One that is undefined is left out. */
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer | string;
  /** Break the connection after half of the body. */
  readonly cut?: boolean;
}

/** Answers in place of the server behind, which `behind` asks. */
export type Play = (call: Call, behind: () => Promise<Reply>) => Reply | Promise<Reply>;

export type Recorder = Awaited<ReturnType<typeof startRecorder>>;

/**
 * An HTTP server that passes every request on to another one and keeps what it saw.
 *
 * @param target origin of the server behind; a connection that it breaks is broken here too.
 */
export async function startRecorder(target: string) {
  const calls: Call[] = [];
  const plays: { part: string; play: Play }[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const call = await read(incoming);
      calls.push(call);
      const behind = (): Promise<Reply> => pass(target, { ...call, body: Buffer.from(call.body, 'latin1') });
      const played = plays.findLast(({ part }) => call.path.includes(part))?.play;
      const reply = await (played ? played(call, behind) : behind());
      const headers = Object.fromEntries(
        Object.entries(reply.headers).filter(([, value]) => value !== undefined),
      );
      if (!reply.cut) return outgoing.writeHead(reply.status, headers).end(reply.body);
      const body = Buffer.from(reply.body);
      outgoing.writeHead(reply.status, { ...headers, 'content-length': String(body.length) });
      outgoing.write(body.subarray(0, body.length / 2), () => incoming.socket.destroy());
    })().catch(() => incoming.socket.destroy());
  });
  const { url, close } = await listenOnLoopback(server);
  /** From now on `play` answers requests whose path holds `part`. */
  const play = (part: string, how: Play): void => void plays.push({ part, play: how });
  return {
    url,
    /** Oldest first, since the start or `reset`. */
    calls: calls as readonly Call[],
    /** The calls of a method whose path holds `part`. */
    sent: (method: string, part: string): Call[] =>
      calls.filter((call) => call.method === method && call.path.includes(part)),
    play,
    /** From now on `act` is done as such a request comes, which is passed on. */
    during: (part: string, act: () => unknown): void =>
      play(part, async (_call, behind) => {
        await act();
        return behind();
      }),
    reset() {
      calls.length = 0;
      plays.length = 0;
    },
    close,
  };
}

export async function closedUrl(): Promise<string> {
  const { url, close } = await listenOnLoopback(createServer());
  await close();
  return url;
}

async function read(incoming: IncomingMessage): Promise<Call> {
  const { method = '', url: path = '', headers } = incoming;
  return { method, path, headers, body: (await buffer(incoming)).toString('latin1') };
}

export const json = (value: unknown, headers: Record<string, string> = {}): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** What a sign-in page of a proxy in between looks like to a client. */
export const webPage: Reply = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Sign in</title>',
};
