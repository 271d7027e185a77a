import { Worker } from 'node:worker_threads';

const EVERY_MS = 1_000;
/** No work of ours keeps the thread for a tenth of this, on the slowest machine. */
const PATIENCE_MS = 60_000;

/** Runs in a thread of its own, since a thread that spins can't watch itself. It counts looks, not time: a machine may sleep. */
const WATCH = `
const { workerData: { beats, everyMs, patience, line } } = require('node:worker_threads');
let last = -1;
let still = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  still = now === last ? still + 1 : 0;
  last = now;
  if (still < patience) return;
  require('node:fs').writeSync(2, line + '\\n');
  process.kill(process.pid, 'SIGKILL');
}, everyMs);
`;

/**
 * Ends this process by force, with one line, when its thread hangs for a minute. PGlite runs on that thread and spins for ever
 * once it has failed in a way that ends a process of PostgreSQL: then no signal, page or timer is answered any more. What was
 * committed is there at the next start.
 */
export function startWatchdog(patienceMs: number = PATIENCE_MS): void {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beats, 0, 1), EVERY_MS / 2).unref();
  const seconds = Math.round(patienceMs / 1_000);
  const thread = new Worker(WATCH, {
    eval: true,
    workerData: {
      beats,
      everyMs: EVERY_MS,
      patience: Math.ceil(patienceMs / EVERY_MS),
      line: `Copydesk hangs for ${seconds} s and ends by force; is the disk of COPYDESK_DATA full? What was written is kept: start it again`,
    },
  });
  thread.unref();
}
