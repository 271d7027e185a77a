import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { listenOnLoopback } from '../../test/loopback.js';

/** A server that answers as no provider should. */
export interface HostileServer {
  readonly url: string;
  /** The paths it was asked for, oldest first. */
  readonly asked: string[];
  /** Bytes that its endless bodies have sent. */
  readonly sent: () => number;
  /** How many connections are open. */
  readonly connections: () => Promise<number>;
  close(): Promise<void>;
}

const ZEROS = Buffer.alloc(64 * 1_024);

/**
 * `/endless`: a body without end. `/drip`: a byte every 100 ms, without end. `/silent`: never a word. `/headers`: headers that
 * never end. `/to?<address>`: a redirect. `/loop`: a redirect to itself. `/bomb`: gzip of endless zeros. `/long`: claims a terabyte.
 * Any other path is answered by `files`, or with `hello`.
 */
export async function startHostileServer(
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<HostileServer> {
  const asked: string[] = [];
  let sent = 0;
  const endless = (response: Pick<ServerResponse, 'write' | 'once'>) => {
    const more = (): void => {
      do sent += ZEROS.length;
      while (response.write(ZEROS));
      response.once('drain', more);
    };
    more();
  };
  /** Something every 100 ms, until the connection is closed. */
  const drip = (response: ServerResponse, write: () => unknown): void => {
    const timer = setInterval(write, 100);
    response.socket?.once('close', () => clearInterval(timer));
  };
  const answers: Readonly<Record<string, (response: ServerResponse, query: string) => void>> = {
    '/endless': endless,
    '/drip': (response) => drip(response, () => response.write('x')),
    '/silent': () => undefined,
    '/headers': (response) => {
      response.socket?.write('HTTP/1.1 200 OK\r\n');
      drip(response, () => response.socket?.write('x: y\r\n'));
    },
    '/to': (response, query) => response.writeHead(302, { location: decodeURIComponent(query) }).end(),
    '/loop': (response) => response.writeHead(307, { location: '/loop' }).end(),
    '/bomb': (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const packed = createGzip({ level: 9 });
      packed.pipe(response);
      response.once('close', () => packed.destroy());
      endless(packed as unknown as ServerResponse);
    },
    '/long': (response) => response.writeHead(200, { 'content-length': String(2 ** 40) }).write('x'),
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    asked.push(path);
    response.on('error', () => undefined);
    request.resume();
    const answer = answers[path];
    if (answer) answer(response, query);
    else response.end(files[path] ?? 'hello');
  });
  const { url, close } = await listenOnLoopback(server);
  const connections = (): Promise<number> =>
    new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
  return { url, asked, sent: () => sent, connections, close };
}
