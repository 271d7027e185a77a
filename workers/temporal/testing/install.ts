import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obtainTemporal } from '../obtain.js';

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
