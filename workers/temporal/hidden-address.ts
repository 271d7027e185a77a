import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';

export interface HiddenAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * A free address of this machine that no web page finds by trying. Linux and Windows answer on all of 127.0.0.0/8, so that
 * it is one among 16 million addresses; elsewhere, as on macOS, only its port is drawn.
 */
export async function hiddenAddress(): Promise<HiddenAddress> {
  const host = `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
  return freePortOn(host).catch(() => freePortOn('127.0.0.1'));
}

function freePortOn(host: string): Promise<HiddenAddress> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ host, port: 0 }, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve({ host, port }));
    });
  });
}
