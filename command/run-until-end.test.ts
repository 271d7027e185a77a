import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../services/testing/temp-folder.js';
import { runUntilEnd } from './run-until-end.js';

const folder = tempFolder();
const script = async (name: string, source: string): Promise<string> => {
  const file = path.join(folder, name);
  await writeFile(file, source);
  return file;
};

it("answers the child's exit code, and passes its arguments on", async () => {
  const file = await script('exit.mjs', `process.exit(process.argv[2] === '--json' ? 3 : 4)`);
  expect(await runUntilEnd(file, ['--json'])).toBe(3);
});

it('answers 128 and the signal for a child that was killed', async () => {
  const file = await script('killed.mjs', `process.kill(process.pid, 'SIGKILL')`);
  expect(await runUntilEnd(file, [])).toBe(137);
});

it('says what is missing when it is not built', () => {
  expect(() => runUntilEnd(path.join(folder, 'none.js'), [])).toThrow(
    /is not there; build it with npm run build/,
  );
});

it.each([
  ['SIGTERM', 'reaches the child, which ends in its own time', 7],
  ['SIGINT', 'is left to the child, which the terminal tells itself', 0],
] as const)('%s %s', async (signal, _, code) => {
  const child = await script(
    `${signal}.mjs`,
    `process.on('SIGTERM', () => process.exit(7));
     process.stdin.on('data', () => process.exit(0));
     console.log('ready');`,
  );
  const program = `import { runUntilEnd } from ${JSON.stringify(new URL('./run-until-end.ts', import.meta.url).href)};
     process.execArgv.length = 0;
     process.exitCode = await runUntilEnd(${JSON.stringify(child)}, []);`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(parent.stdout, 'data');
  parent.kill(signal);
  // Only the child reads this; had SIGINT ended the parent, the exit code would be null.
  if (signal === 'SIGINT') parent.stdin.end('end\n');
  const [exit] = (await once(parent, 'close')) as [number | null];
  expect(exit).toBe(code);
});
