import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'copydesk-weak-token-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a built program with a token of 19 characters. */
function run(args: readonly string[]) {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, COPYDESK_ENV_FILE: 'none', COPYDESK_DATA: join(folder, 'data') };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    env: { ...env, COPYDESK_TOKEN: 'correct-horse-batte' },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

it.each([
  [['dist/command/copydesk.js', 'up']],
  [['dist/command/copydesk.js', 'desk']],
  [['dist/command/copydesk.js', 'worker']],
  [['dist/command/copydesk.js', 'post', 'list']],
])('%j refuses a weak token before it does anything, in one line that says how to make one', (args) => {
  const { status, stdout, stderr } = run(args);
  expect({ status, stdout, lines: stderr.trim().split('\n').length }).toEqual({
    status: 2,
    stdout: '',
    lines: 1,
  });
  expect(stderr).toMatch(/^(Error: )?COPYDESK_TOKEN='\*{19}' is not .*: openssl rand -hex 24$/m);
  expect(readdirSync(folder)).toEqual([]);
});

it('says the same as a document, with the field', () => {
  const { status, stdout } = run(['dist/workers/up.js', '--json']);
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    error: { field: 'COPYDESK_TOKEN', message: expect.stringMatching(/^COPYDESK_TOKEN='\*+' is not/) },
  });
});
