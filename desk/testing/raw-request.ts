import { connect } from 'node:net';

export interface RawRequest {
  readonly method: string;
  /** As it goes out: nothing is encoded or mended. */
  readonly path: string;
  /** Whole lines. One of them should be `Connection: close`. */
  readonly headers: readonly string[];
  readonly body?: string;
}

export interface RawAnswer {
  /** 0 where the server closed the connection without a word. */
  readonly status: number;
  readonly body: string;
}

const PATIENCE_MS = 20_000;
const EVENTS = /^HTTP\/1\.1 200 [^]*?^content-type: text\/event-stream[^]*\r\n\r\n/im;

/** Sends one request over a socket of its own, which no client has looked at. @throws Error when the connection stays open */
export function rawRequest(
  origin: string,
  { method, path, headers, body = '' }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...headers];
  if (body !== '') lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setTimeout(PATIENCE_MS, () =>
      socket.destroy(new Error(`${method} ${path.slice(0, 200)} left it open`)),
    );
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
      // A stream of events ends when whoever listens has heard enough.
      if (EVENTS.test(answer)) socket.destroy();
    });
    // A server that refuses what it has not read whole may reset the connection behind its answer.
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code ? resolve(parsed(answer)) : reject(error),
    );
    socket.once('close', () => resolve(parsed(answer)));
    socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    socket.write(body);
  });
}

function parsed(answer: string): RawAnswer {
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), body: rest.join('\r\n\r\n') };
}
