import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
// @ts-expect-error plain JavaScript: it runs before the packages are installed
import { forbidden, modulesOf } from './bundle-modules.mjs';
// @ts-expect-error likewise
import { fingerprint, sources } from './fingerprint.mjs';
// @ts-expect-error likewise
import { agrees } from './install.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'copydesk-setup-test-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

test.each([
  ['nothing', null, false],
  ['no package', {}, false],
  ['a package in another version', { 'node_modules/a': { version: '0.9.0' } }, false],
  ['all but a package for another platform', { 'node_modules/a': { version: '1.0.0' } }, true],
])('where npm recorded %s, whether the packages are there', (_what, packages, isThere) => {
  const other = { version: '2.0.0', optional: true };
  const lock = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/other': other,
  };
  expect(agrees({ packages: lock }, packages && { packages })).toBe(isThere);
});

test('a change of any source file but a test asks for a build', () => {
  write('contract/ids.ts', 'one');
  write('activities/prompts/plan.md', 'prompt');
  write('contract/ids.test.ts', 'test');
  write('docs/x.md', 'doc');
  const files = sources(root);
  expect(files).toEqual(['activities/prompts/plan.md', 'contract/ids.ts']);
  const before = fingerprint(root, files);
  expect(fingerprint(root, files)).toBe(before);
  write('activities/prompts/plan.md', 'another');
  expect(fingerprint(root, sources(root))).not.toBe(before);
});

test("the modules of a bundle are read from webpack's comments, and the forbidden among them named", () => {
  const names = [
    './dist/workflows/post.js',
    './dist/services/services.js',
    './node_modules/zod/index.js',
    './node_modules/@temporalio/workflow/lib/index.js',
    './node_modules/@temporalio/worker/lib/workflow/module-overrides/util.js',
    'crypto (ignored)',
  ];
  const code = names.map((name) => `/***/ "x"\n/*!***!*\\\n  !*** ${name} ***!\n  \\***/\n`).join('\n');
  const modules = modulesOf(code);
  expect(modules).toEqual(names);
  expect(forbidden(modules)).toEqual([
    './dist/services/services.js: workflows import contract/ and only types of activities/',
    './node_modules/zod/index.js: a copy per cached workflow eats the heap',
    'crypto (ignored): a Node builtin breaks determinism',
  ]);
});
