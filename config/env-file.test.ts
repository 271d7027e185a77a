import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VARIABLES } from './settings.js';
import { envExample } from './env-example.js';
import { envProblem, loadEnvFile } from './env-file.js';
import { UsageError } from '../contract/errors.js';
import { copydesk } from '../command/testing/command.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-env-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (text: string | Uint8Array, name = '.env') => writeFile(join(folder, name), text);

describe('loadEnvFile', () => {
  it('takes what the file sets and the environment does not', async () => {
    await write(
      '\ufeff# keys\r\nFAL_KEY=from-file\r\nexport OPENAI_API_KEY="a # b"\nCOPYDESK_PORT=1\nTEMPORAL_API_KEY=x\n',
    );
    const env = loadEnvFile<Record<string, string | undefined>>(
      { COPYDESK_PORT: '8301', TEMPORAL_API_KEY: '' },
      folder,
    );
    expect(env).toEqual({
      FAL_KEY: 'from-file',
      OPENAI_API_KEY: 'a # b',
      COPYDESK_PORT: '8301',
      // Set to nothing is a way to do without what the file says.
      TEMPORAL_API_KEY: '',
    });
  });

  it('changes nothing without a file, or with none wanted', async () => {
    expect(loadEnvFile({}, folder)).toEqual({});
    await write('FAL_KEY=a');
    expect(loadEnvFile({ COPYDESK_ENV_FILE: 'none' }, folder)).toEqual({ COPYDESK_ENV_FILE: 'none' });
  });

  it('reads another file that is named, which must be there', async () => {
    await write('FAL_KEY=b', 'production.env');
    expect(loadEnvFile({ COPYDESK_ENV_FILE: 'production.env' }, folder)).toMatchObject({ FAL_KEY: 'b' });
    expect(() => loadEnvFile({ COPYDESK_ENV_FILE: 'gone.env' }, folder)).toThrow(
      "gone.env can't be read: there is no such file; mend it, or set COPYDESK_ENV_FILE=none to read no file",
    );
  });

  it('refuses what is no file, which might never end', () => {
    const load = (): unknown => loadEnvFile({ COPYDESK_ENV_FILE: '/dev/zero' }, folder);
    expect(load).toThrow(/^\/dev\/zero can't be read: it is no file;/);
  });

  it.each<[what: string, place: () => Promise<unknown>, message: RegExp]>([
    ['a folder', () => mkdir(join(folder, '.env')), /^\.env can't be read: it is a folder;[^\n]*$/],
    [
      'no text',
      () => write(new Uint8Array([0x41, 0x3d, 0xff])),
      /^\.env can't be read: it is not UTF-8 text;/,
    ],
    [
      'more than is ever set',
      () => write('#'.repeat(300_000)),
      /^\.env can't be read: 300000 bytes is more than the 262144 allowed;/,
    ],
    ['a line without =', () => write('A=1\nOPENAI_API_KEY sk-secret\n'), /^\.env:2: is not NAME=value;/],
  ])('refuses %s in one line, without what stands there', async (_, place, message) => {
    await place();
    const load = (): unknown => loadEnvFile({}, folder);
    expect(load).toThrow(UsageError);
    expect(load).toThrow(message);
    expect(load).not.toThrow(/secret/);
  });
});

describe('envProblem', () => {
  it.each<[text: string, problem: { line: number; message: string } | null]>([
    ['', null],
    ['A=1\n\n  # a\n export B = 2\nC="two\nlines"\nD=\'#\' # b\nE=\n', null],
    ['A=1\r\nB=2\r\n', null],
    ['A: 1', { line: 1, message: 'is not NAME=value' }],
    ['A=1\n=2', { line: 2, message: 'is not NAME=value' }],
    ['A=1\n2B=3', { line: 2, message: 'is not NAME=value' }],
    ['A="open\nB=1', { line: 1, message: 'the quote " is not closed' }],
  ])('%j', (text, problem) => expect(envProblem(text)).toEqual(problem));

  // Each took minutes with the square of its length.
  it.each([
    ['spaces before an odd line break', `A=${' '.repeat(250_000)}x\u2028`, null],
    ['spaces before a name', `${' '.repeat(250_000)}A`, { line: 1, message: 'is not NAME=value' }],
    ['values of two lines', 'A="\n"\n'.repeat(40_000), null],
    ['quotes', `A=${'"'.repeat(250_000)}`, null],
    ['names', 'A'.repeat(250_000), { line: 1, message: 'is not NAME=value' }],
    ['carriage returns', `A=1${'\r'.repeat(250_000)}`, null],
  ])('reads a file of %s in time', (_what, text, problem) => expect(envProblem(text)).toEqual(problem));
});

describe('the command', () => {
  const env = { COPYDESK_ENV_FILE: '' };

  it('reads the .env of the folder where it runs, and the environment beats it', async () => {
    await write('COPYDESK_PORT=file\nCOPYDESK_LOG=file\n');
    const { code, stderr } = await copydesk(['accounts', 'check'], { ...env, COPYDESK_PORT: '8301' }, folder);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "COPYDESK_LOG='file' is not one of error, warn, info, debug\n",
    });
  });

  it('says what is wrong with it, as a document too, and answers --help all the same', async () => {
    await write('COPYDESK_PORT 8301\n');
    const [failed, help] = await Promise.all([
      copydesk(['accounts', 'check', '--json'], env, folder),
      copydesk(['--help'], env, folder),
    ]);
    const message = '.env:1: is not NAME=value; mend it, or set COPYDESK_ENV_FILE=none to read no file';
    expect({ ...failed, stdout: JSON.parse(failed.stdout) as unknown }).toEqual({
      code: 2,
      stdout: { error: { message, field: '.env' } },
      stderr: `${message}\n`,
    });
    expect(help.code).toBe(0);
  });
});

describe('.env.example', () => {
  const read = (name: string) => readFile(new URL(`../${name}`, import.meta.url), 'utf8');

  it('is what npm run docs writes, and sets nothing until a # is taken away', async () => {
    const text = await read('.env.example');
    expect(text).toBe(envExample(VARIABLES));
    expect(parseEnv(text)).toEqual({});
    const named = Object.keys(parseEnv(text.replace(/^#(?! )/gm, '')));
    const settable = VARIABLES.map(({ name }) => name).filter((name) => name !== 'COPYDESK_ENV_FILE');
    expect(named.toSorted()).toEqual(settable.toSorted());
  });

  it('.env itself goes neither into git nor into an image', async () => {
    for (const name of ['.gitignore', '.dockerignore']) {
      expect((await read(name)).split('\n'), name).toContain('.env');
    }
  });
});
