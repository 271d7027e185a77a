import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

export type ServedDesk = Served;

/** The desk can't listen where the settings say; one line that names the setting and the remedy. */
export class DeskNotServed extends Error {
  override name = 'DeskNotServed' as const;
}

/** Serves the desk over HTTP. Port 0 takes a free one. @throws DeskNotServed */
export function serveDesk(options: { app: Hono; host: string; port: number }): Promise<ServedDesk> {
  return listen(options).catch((error: NodeJS.ErrnoException) => {
    throw notServed(error, options.host, options.port);
  });
}

function notServed(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new DeskNotServed(
        `COPYDESK_PORT=${port} is in use by another program; set COPYDESK_PORT to a free one`,
        { cause: error },
      );
    case 'EACCES':
      return new DeskNotServed(
        `COPYDESK_PORT=${port} needs more rights; set COPYDESK_PORT to one of 1024 or more`,
        {
          cause: error,
        },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new DeskNotServed(
        `COPYDESK_HOST=${host} is not an address of this machine; 127.0.0.1 always is`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}

/** A web application that is served over HTTP. */
export interface Served {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * How long a connection that nobody uses is kept. Node's 5 s end it under the hands of a client or proxy that has just taken it up
 * again, whose request then fails; proxies let go after 60 s at the latest (nginx, `keepalive_timeout` of an upstream).
 */
const KEEP_ALIVE_MS = 75_000;

/** Serves an application over HTTP. Port 0 takes a free one. @throws NodeJS.ErrnoException when it can't listen there */
export async function listen(options: { app: Hono; host: string; port: number }): Promise<Served> {
  const { app, host, port } = options;
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
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
