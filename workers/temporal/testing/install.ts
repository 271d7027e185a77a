import { obtainTemporal } from '../obtain.js';

/** The Temporal server's command: the one that `npm test` found, or one found by the same ways. */
export async function temporalBinary(): Promise<string> {
  const found = process.env['COPYDESK_TEST_TEMPORAL'];
  return found || (await obtainTemporal({ env: process.env, say: () => {} })).path;
}
