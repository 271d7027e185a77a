import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { requireFreePorts } from '../workers/temporal/ports.js';

/** A free port of 127.0.0.1. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** A free port whose number plus 1000 is free too, as the embedded Temporal server and its UI want them. */
export async function freeTemporalPort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (port + 1000 > 65_535) continue;
    const isPair = await requireFreePorts(port, port + 1000, 0).then(
      () => true,
      () => false,
    );
    if (isPair) return port;
  }
}
