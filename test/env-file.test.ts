import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-env-'));
  await writeFile(join(folder, '.env'), 'COPYDESK_PORT=taken\nCOPYDESK_TEMPORAL_PORT=file\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: unknown;
  readonly stderr: string;
}

const run = (script: string): Promise<Ended> =>
  new Promise((resolve) => {
    const file = fileURLToPath(new URL(`../dist/${script}`, import.meta.url));
    const env = { PATH: process.env.PATH, HOME: folder, COPYDESK_PORT: '8301' };
    execFile(process.execPath, [file], { cwd: folder, env, timeout: 60_000 }, (error, _, stderr) =>
      resolve({ code: error?.code, stderr }),
    );
  });

it.each(['workers/up.js', 'workers/worker.js', 'workers/desk.js'])(
  '%s reads the .env of the folder where it starts, and the environment beats it',
  async (script) => {
    expect(await run(script)).toEqual({
      code: 2,
      stderr: "COPYDESK_TEMPORAL_PORT='file' is not a whole number from 1 to 64535\n",
    });
  },
);
