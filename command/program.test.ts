import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const program = new URL('./program.ts', import.meta.url).href;

it('the whole program loads neither Temporal nor zod nor yaml before a command needs them', async () => {
  const script = `
    import { createRequire } from 'node:module';
    const { createProgram } = await import('${program}');
    createProgram({ env: {}, stdin: () => process.stdin, stdout: process.stdout, stderr: process.stderr, exitCode: 0 });
    console.log(JSON.stringify(Object.keys(createRequire('${program}').cache)));
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  await once(child, 'close');
  const loaded = JSON.parse(out) as string[];
  expect(loaded.some((file) => file.includes('/commander/'))).toBe(true);
  expect(loaded.filter((file) => /@temporalio|@grpc|\/zod\/|\/yaml\//.test(file))).toEqual([]);
});
