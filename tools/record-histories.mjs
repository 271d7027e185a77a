import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { ensureTemporal } from './temporal-server.mjs';

// Records the histories of test/replay again, on the dev server that the tests use.

const [code] = await once(
  spawn(process.execPath, ['--import', 'tsx', join('test', 'replay', 'record.ts')], {
    cwd: root,
    env: {
      ...process.env,
      COPYDESK_TEST_TEMPORAL: process.env.COPYDESK_TEST_TEMPORAL ?? (await ensureTemporal()),
    },
    stdio: 'inherit',
  }),
  'exit',
);
process.exitCode = code ?? 1;
