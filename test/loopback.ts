import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of a test's own on 127.0.0.1. */
export interface Loopback {
  /** Its origin, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Cuts off whoever is still connected. */
  close(): Promise<void>;
}

/** Has a server listen at a free port of 127.0.0.1. */
export async function listenOnLoopback(server: Server): Promise<Loopback> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
