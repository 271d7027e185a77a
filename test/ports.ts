import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { requireFreePorts } from '../workers/temporal/ports.js';

/** Below the ports that systems hand out by themselves, so that a server that is started again finds its own still free. */
const LOWEST = 12_000;
const HIGHEST = 30_000;

/** Handed out before: free until its program starts, and not to be given to another. A Temporal server takes the one 1000 higher too. */
const given = new Set<number>();
const isGiven = (port: number): boolean => [port - 1000, port, port + 1000].some((near) => given.has(near));

/** A free port of 127.0.0.1, which this process hands out once. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    if (isGiven(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** A free port whose number plus 1000 is free too, as the embedded Temporal server and its UI want them. */
export async function freeTemporalPort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    const isPair = await requireFreePorts(port, port + 1000, 0).then(
      () => true,
      () => false,
    );
    if (isPair) return port;
  }
}
