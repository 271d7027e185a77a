import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ID } from './testing/command-lines.js';
import { closedPort, copydesk } from './testing/command.js';

describe('as a process of its own', () => {
  it.each<[args: string[], code: number, stdout: RegExp, stderr: RegExp]>([
    [[], 2, /^$/, /^command is missing.*\n$/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
    [
      ['batch', 'pause', 'x', '--json'],
      2,
      /^\{"error":\{"message":"id='x'.*"field":"id"\}\}\n$/,
      /^id='x'.*\n$/,
    ],
    [['edit', ID, '--body', '-'], 2, /^$/, /^body is empty.*\n$/],
    [['accounts', 'check'], 0, /ashtalksai\.yaml: ok/, /^$/],
  ])('%j', async (args, code, stdout, stderr) => {
    expect(await copydesk(args)).toEqual({
      code,
      stdout: expect.stringMatching(stdout),
      stderr: expect.stringMatching(stderr),
    });
  });

  it('a failure has exit code 1, and nothing keeps the process alive', async () => {
    const port = await closedPort();
    const stderr = `no Temporal server at 127.0.0.1:${port}; start it with npm start, or set TEMPORAL_ADDRESS\n`;
    const ended = await copydesk(['approve', ID], { COPYDESK_TEMPORAL_PORT: `${port}` });
    expect(ended).toEqual({ code: 1, stdout: '', stderr });
  });

  it('loads neither Temporal nor zod nor yaml before a command needs them', async () => {
    const program = new URL('./program.ts', import.meta.url).href;
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
    const loaded = JSON.parse(await text(child.stdout)) as string[];
    expect(loaded.some((file) => file.includes('/commander/'))).toBe(true);
    expect(loaded.filter((file) => /@temporalio|@grpc|\/zod\/|\/yaml\//.test(file))).toEqual([]);
  });
});
