import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obtainTemporal } from '../obtain.js';
import { requireFreePorts } from '../ports.js';

/** The Temporal server's command: the one that `npm test` found, or one found by the same ways. */
export async function temporalBinary(): Promise<string> {
  const found = process.env['COPYDESK_TEST_TEMPORAL'];
  return found || (await obtainTemporal({ env: process.env, say: () => {} })).path;
}

/** A data folder of its own, gone after `remove`. */
export function dataFolder(): { data: string; remove: () => void } {
  const data = mkdtempSync(join(tmpdir(), 'copydesk-temporal-test-'));
  return { data, remove: () => rmSync(data, { recursive: true, force: true }) };
}

/** A free port whose port plus 1000 is free as well. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await anyPort();
    const isPair = port + 1000 <= 65_535;
    if (
      isPair &&
      (await requireFreePorts(port, port + 1000, 0).then(
        () => true,
        () => false,
      ))
    )
      return port;
  }
}

function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
