import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 where nothing came that is HTTP. */
  readonly status: number;
  /** Status line, headers and body. */
  readonly text: string;
  readonly body: string;
}

const PATIENCE_MS = 20_000;
const EVENTS = /^HTTP\/1\.1 200 [^]*?^content-type: text\/event-stream[^]*\r\n\r\n/im;

/**
 * Sends the lines of an HTTP/1.1 request as they are, byte for byte, which no client library would: with a `Host` of another name,
 * with two, with none, with an address that is none. Resolves once the other side closes, or begins a stream of events.
 *
 * @throws Error where the connection stays open without a word for 20 s
 */
export function rawHttp(
  { host, port }: { host: string; port: number },
  lines: readonly string[],
  body = '',
): Promise<RawAnswer> {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    let text = '';
    socket.setTimeout(PATIENCE_MS, () =>
      socket.destroy(new Error(`${lines[0]?.slice(0, 200)} left it open`)),
    );
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (EVENTS.test(text)) socket.destroy();
    });
    // A server that refuses what it has not read whole may reset the connection behind its answer.
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code ? undefined : reject(error)));
    socket.on('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n');
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0);
      resolve({ status, text, body: rest.join('\r\n\r\n') });
    });
    socket.write(`${[...lines, 'Connection: close', ...length].join('\r\n')}\r\n\r\n`, 'latin1');
    socket.write(body);
  });
}
