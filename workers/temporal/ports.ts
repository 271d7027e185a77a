import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The port of the embedded Temporal server or of its UI belongs to another program. */
export class PortTaken extends Error {
  override name = 'PortTaken' as const;
  readonly port: number;
  constructor(port: number, isUi: boolean) {
    const taken = isUi
      ? `Port ${port}, the Temporal UI's (COPYDESK_TEMPORAL_PORT=${port - 1000} plus 1000),`
      : `COPYDESK_TEMPORAL_PORT=${port}`;
    super(
      `${taken} is in use by another program; set COPYDESK_TEMPORAL_PORT to a free one (its UI takes that plus 1000)`,
    );
    this.port = port;
  }
}

/** A process that was just killed is gone a moment before its ports are free. */
const FREED_WITHIN_MS = 1_000;

/**
 * Each of the two is null where nothing is to take it.
 *
 * @throws PortTaken when the server's port or its UI's can't be listened on
 */
export async function requireFreePorts(
  port: number | null,
  uiPort: number | null,
  withinMs = FREED_WITHIN_MS,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (const [wanted, isUi] of [
    [port, false],
    [uiPort, true],
  ] as const) {
    while (wanted !== null && !(await isFree(wanted))) {
      if (Date.now() > deadline) throw new PortTaken(wanted, isUi);
      await sleep(50);
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });
}
