import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('testing/hang.ts', import.meta.url));
const run = (how: string) =>
  spawnSync(process.execPath, ['--import', 'tsx', script, how], {
    encoding: 'utf8',
    timeout: 60_000,
  });

it('ends a process that hangs, with one line', () => {
  const { signal, stderr } = run('spin');
  expect(signal).toBe('SIGKILL');
  expect(stderr).toBe(
    'Copydesk hangs for 2 s and ends by force; is the disk of COPYDESK_DATA full? What was written is kept: start it again\n',
  );
}, 70_000);

it('leaves one alone that is only busy, and keeps none alive that has done its work', () => {
  const { status, stderr } = run('busy');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}, 70_000);
