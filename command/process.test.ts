import { describe, expect, it } from 'vitest';
import { GOOD, ID } from './testing/command-lines.js';
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
    [[...GOOD, '--budget', 'lots'], 2, /^$/, /^budget='lots'.*\n$/],
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
    const ended = await copydesk(['approve', ID], { COPYDESK_TEMPORAL_PORT: `${port}` });
    expect(ended).toEqual({
      code: 1,
      stdout: '',
      stderr: `no Temporal server at 127.0.0.1:${port}; start it with npm start, or set TEMPORAL_ADDRESS\n`,
    });
  });
});
