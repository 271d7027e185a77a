import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { type CrowdOptions, limitCrowd } from './http/crowd.js';

/** A web application that is served over HTTP. */
export interface Served {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly app: Hono;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Who is let in when many ask at a time; all, when left out. */
  readonly crowd?: CrowdOptions;
}

/** The desk can't listen where the settings say; one line that names the setting and the remedy. */
export class DeskNotServed extends Error {
  override name = 'DeskNotServed' as const;
}

/**
 * How long a connection that nobody uses is kept. Node's 5 s end it under the hands of a client or proxy that has just taken it up
 * again, whose request then fails; proxies let go after 60 s at the latest (nginx, `keepalive_timeout` of an upstream).
 */
const KEEP_ALIVE_MS = 75_000;

/** Serves the desk over HTTP. @throws DeskNotServed */
export async function serveDesk(options: ServeOptions): Promise<Served> {
  try {
    return await listen(options);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const words = REMEDIES[code]?.(options);
    throw words === undefined ? cause : new DeskNotServed(words, { cause });
  }
}

const notOfThisMachine = ({ host }: ServeOptions): string =>
  `COPYDESK_HOST=${host} is not an address of this machine; 127.0.0.1 always is`;
const REMEDIES: Readonly<Record<string, (options: ServeOptions) => string>> = {
  EADDRINUSE: ({ port }) =>
    `COPYDESK_PORT=${port} is in use by another program; set COPYDESK_PORT to a free one`,
  EACCES: ({ port }) => `COPYDESK_PORT=${port} needs more rights; set COPYDESK_PORT to one of 1024 or more`,
  EADDRNOTAVAIL: notOfThisMachine,
  ENOTFOUND: notOfThisMachine,
};

/** Serves an application over HTTP. @throws NodeJS.ErrnoException when it can't listen there */
export async function listen({ app, host, port, crowd }: ServeOptions): Promise<Served> {
  const answer = getRequestListener(app.fetch);
  const listener: RequestListener = (request, response) => void answer(request, response);
  const server = createServer(crowd ? limitCrowd(listener, crowd) : listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
