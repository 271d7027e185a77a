/** The worked examples that docs/extending.md links to, each applied to a copy of the code, whose tests must then pass. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterEach, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript
import { copyCheckout } from '../tools/checkout.mjs';

interface Example {
  readonly title: string;
  readonly file: string;
  readonly tests: readonly string[];
}

const examples: Example[] = readdirSync('test/extending').map((name) => {
  const file = resolve('test/extending', name);
  const [, title = '', tests = ''] = /^(.*)\. Its tests: (.*)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  return { title, file, tests: tests.split(' ') };
});

let copy: string;
afterEach(() => rmSync(copy, { recursive: true, force: true }));

it('docs/extending.md links to each example, and each has tests', () => {
  copy = '';
  const page = readFileSync('docs/extending.md', 'utf8');
  expect(examples.length).toBeGreaterThan(1);
  for (const { title, file, tests } of examples) {
    expect(tests.length, title).toBeGreaterThan(2);
    expect(page).toContain(`](../test/extending/${basename(file)})`);
  }
});

it.each(examples)('$title: the change applies, and its tests pass', ({ file: diff, tests }) => {
  copy = mkdtempSync(join(tmpdir(), 'copydesk-extended-'));
  copyCheckout(copy);
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  execFileSync('git', ['apply', '--verbose', diff], { cwd: copy, stdio: 'pipe' });
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...tests],
    { cwd: copy, encoding: 'utf8' },
  );
  expect(status, stdout).toBe(0);
});
