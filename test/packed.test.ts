/** The package as npm packs it, installed elsewhere: what it runs, and what a program of somebody's own does with it. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BatchSummary } from '../contract/lists.js';
import { AllInOne } from './all-in-one.js';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
// As `tsc --init` sets it: the SDK's own declarations lack those of a package that they name.
const STRICT = {
  compilerOptions: {
    ...{ strict: true, skipLibCheck: true, noEmit: true },
    ...{ module: 'nodenext', lib: ['es2023', 'dom'], types: [] },
  },
  files: ['program.ts'],
};
let folder: string;
let installed: AllInOne;
const place = (...names: string[]): string => join(folder, ...names);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-packed-'));
  // What npm test has just built is what is packed.
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]);
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  await writeFile(place('package.json'), '{ "type": "module", "private": true }');
  const install = ['install', `./${filename}`, '--prefer-offline', '--no-audit', '--no-fund', '--silent'];
  await run('npm', install, { cwd: folder });
  await cp(place('node_modules', 'copydesk', 'accounts'), place('accounts'), { recursive: true });
  installed = new AllInOne(place('node_modules', 'copydesk'));
  await installed.start();
}, 240_000);
afterAll(async () => {
  await installed?.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** The first program of the README. */
async function example(): Promise<string> {
  const readme = await readFile('README.md', 'utf8');
  const [, code] = /```ts\n([^]*?)```/.exec(readme) ?? [];
  if (!code) throw new Error('the README has no program');
  return code;
}

it("runs the README's program, of ten lines at most, which starts a batch and approves it", async () => {
  const code = await example();
  expect(code.trim().split('\n').filter(Boolean).length).toBeLessThanOrEqual(10);
  await writeFile(place('program.ts'), code);

  // Held against the types that the package brings, by a compiler that is set to strict.
  await writeFile(place('tsconfig.json'), JSON.stringify(STRICT));
  const compiled = await run(process.execPath, [require.resolve('typescript/bin/tsc')], {
    cwd: folder,
  }).catch((error: { stdout: string }) => error);
  expect(compiled.stdout).toBe('');

  const tsx = pathToFileURL(require.resolve('tsx')).href;
  const { code: exit, stdout, stderr } = await installed.program(['--import', tsx, 'program.ts'], folder);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  expect(stdout).toMatch(/^[A-Za-z0-9]{12} \{ status: 'publish(ing|ed)', revision: 1 \}$/m);
  const { batches } = await installed.jsonUntil<{ batches: BatchSummary[] }>(['batch', 'list'], (list) =>
    list.batches.some(({ counts }) => counts.published === 1),
  );
  expect(batches).toContainEqual(expect.objectContaining({ mix: { hero_text: 1 } }));
}, 120_000);
