/** The worked examples of docs/extending.md, each applied to a copy of the code, whose tests must then pass. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, it } from 'vitest';

interface Example {
  readonly title: string;
  readonly diff: string;
  readonly tests: readonly string[];
}

const page = readFileSync('docs/extending.md', 'utf8');
const examples: Example[] = page
  .split(/^## /m)
  .slice(1)
  .map((section) => ({
    title: section.slice(0, section.indexOf('\n')),
    diff: /```diff\n([^]*?)```/.exec(section)?.[1] ?? '',
    tests: [...(/^Its tests: (.*)$/m.exec(section)?.[1] ?? '').matchAll(/`([^`]+)`/g)].map(
      ([, file]) => file!,
    ),
  }));

let copy: string;
afterEach(() => rmSync(copy, { recursive: true, force: true }));

it('the page has examples, each with tests', () => {
  copy = '';
  expect(examples.length).toBeGreaterThan(1);
  for (const { title, tests } of examples) expect(tests.length, title).toBeGreaterThan(2);
});

it.each(examples)('$title: the change applies, and its tests pass', ({ diff, tests }) => {
  copy = mkdtempSync(join(tmpdir(), 'copydesk-extended-'));
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  for (const file of files.toString().split('\0').filter(Boolean))
    cpSync(file, join(copy, file), { errorOnExist: false, force: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'change.diff'), diff);
  execFileSync('git', ['apply', '--verbose', 'change.diff'], { cwd: copy, stdio: 'pipe' });
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...tests],
    { cwd: copy, encoding: 'utf8' },
  );
  expect(status, stdout).toBe(0);
});
