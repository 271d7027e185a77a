import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { setUp } from './setup.mjs';

await setUp();

const up = spawn(process.execPath, [join(root, 'dist', 'workers', 'up.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// A Ctrl-C reaches the whole foreground group, so the child has it already; SIGTERM reaches this process alone.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => up.kill(signal));
// npm may be killed without a word to us; what it started should not run on unseen.
const parent = process.ppid;
if (process.env.npm_lifecycle_event === 'start') {
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    // Once: a second signal would mean that nothing is to be waited for.
    clearInterval(look);
    up.kill('SIGTERM');
  }, 500).unref();
}
up.once('error', (error) => {
  process.stderr.write(`dist/workers/up.js could not be started: ${error.message}\n`);
  process.exit(1);
});
up.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
