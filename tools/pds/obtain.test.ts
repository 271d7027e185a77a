import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

const run = promisify(execFile);
const OBTAIN = fileURLToPath(new URL('obtain.mjs', import.meta.url));

let folder: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'copydesk-obtain-'));
  log = join(folder, 'log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Plays npm: notes what it is asked for, takes a moment, and ends so. */
function npmThat(ends: string): void {
  const npm = join(folder, 'npm');
  writeFileSync(npm, `#!/bin/sh\necho "$1" >> '${log}'\nsleep 0.3\n${ends}\n`);
  chmodSync(npm, 0o755);
}

const obtain = (): Promise<{ stdout: string; stderr: string }> => {
  const script = `import(${JSON.stringify(OBTAIN)}).then((tool) => tool.obtainPds()).then(console.log)`;
  const { PATH = '' } = process.env;
  return run(process.execPath, ['-e', script], {
    env: { PATH: `${folder}${delimiter}${PATH}`, XDG_CACHE_HOME: folder },
  });
};
const asked = (): string[] => readFileSync(log, 'utf8').trim().split('\n');

it('is installed once by two that ask at a time, and found by the next', async () => {
  npmThat('exit 0');
  const both = await Promise.all([obtain(), obtain()]);
  const [path, other] = both.map(({ stdout }) => stdout.trim());
  expect(other).toBe(path);
  expect(existsSync(join(path as string, 'package-lock.json'))).toBe(true);
  expect(both.filter(({ stderr }) => stderr.includes('Installing a Bluesky server'))).toHaveLength(1);
  await obtain();
  expect(asked()).toEqual(['ci', 'rebuild']);
});

it('says what npm said when it can not be installed, keeps nothing, and tries again', async () => {
  npmThat('echo no network >&2; exit 1');
  await expect(obtain()).rejects.toThrow(/could not be installed: npm ci\nno network/);
  npmThat('exit 0');
  await obtain();
  expect(asked()).toEqual(['ci', 'ci', 'rebuild']);
});
