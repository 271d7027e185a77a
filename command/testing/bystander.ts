import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

/** A server that takes each connection and ends it, and counts them: a command of wrong use must not reach it. */
export function useBystander() {
  let reached = 0;
  /** Variables by which Temporal and the desk are looked for there. */
  const servers: Record<string, string> = {};
  const server = createServer((socket) => {
    reached += 1;
    socket.destroy();
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(servers, { TEMPORAL_ADDRESS: address, COPYDESK_API: `http://${address}` });
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return {
    servers,
    get reached(): number {
      return reached;
    },
  };
}
