import { fail, say } from './run.mjs';

/** The Temporal dev server that the tests start: its path. Needs the build. Ends the process if it can't be had. */
export async function ensureTemporal() {
  const { obtainTemporal } = await import('../dist/workers/temporal/obtain.js');
  try {
    return (await obtainTemporal({ env: process.env, say })).path;
  } catch (error) {
    return fail(error.message);
  }
}
