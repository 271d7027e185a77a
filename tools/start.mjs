import { setUp } from './setup.mjs';

await setUp();
endWithNpm();
// In this process: one that only waited for it would hold 50 MB all the time.
await import('../dist/workers/up.js');

/** npm may be killed without a word to us; what it started should not run on unseen. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event !== 'start') return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    // Once: a second signal would mean that nothing is to be waited for.
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}
