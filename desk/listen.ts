import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

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
