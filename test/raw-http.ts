import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 where nothing came that is HTTP. */
  readonly status: number;
  /** Status line, headers and body. */
  readonly text: string;
}

const PATIENCE_MS = 20_000;

/**
 * Sends the lines of an HTTP/1.1 request as they are, which no client library would: with a `Host` of another name, with two,
 * with none. Resolves once the other side closes, or with what came until then after 20 s of silence.
 */
export function rawHttp(
  { host, port }: { host: string; port: number },
  lines: readonly string[],
  body = '',
): Promise<RawAnswer> {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ host, port });
    const done = (): void => {
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0), text });
    };
    socket.setTimeout(PATIENCE_MS, done).on('error', done).on('close', done);
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.write(`${[...lines, 'Connection: close', ...length].join('\r\n')}\r\n\r\n${body}`);
  });
}
