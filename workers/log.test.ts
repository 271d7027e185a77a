import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const log = fileURLToPath(new URL('log.ts', import.meta.url));

/** What a process of its own writes that runs this. */
const written = (script: string): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(process.execPath, [
    ...['--import', 'tsx', '--input-type=module', '--eval'],
    `const { say, printDocument } = await import(${JSON.stringify(log)}); ${script}`,
  ]);

it('a line is one line that steers nothing and tells no password', async () => {
  const line = 'a\u001b[2J\nforged \u202eb http://desk:hunter2@proxy/x';
  const { stdout, stderr } = await written(
    `say(${JSON.stringify(line)}); say(' in '); printDocument({ a: '\\u009b' })`,
  );
  expect(stderr).toBe('a [2J forged b http://[login]@proxy/x\n in \n');
  expect(stdout).toBe('{"a":"\\u009b"}\n');
});
