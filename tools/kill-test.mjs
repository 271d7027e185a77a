import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './paths.mjs';

// Kills the worker, the Temporal server and PostgreSQL some 250 times, and holds the books against what the providers say.
// KILLS: of the worker, 200 when unset, and a tenth of it for each server. KILL_SEED: one that a run has printed.

const [code] = await once(
  spawn(process.execPath, [join('tools', 'test.mjs'), 'test/kill.test.ts', ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, KILLS: process.env.KILLS ?? '200' },
    stdio: 'inherit',
  }),
  'exit',
);
process.exitCode = code ?? 1;
