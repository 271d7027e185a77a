import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
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

it('takes what the file sets and the environment does not', async () => {
  const keys = 'FAL_KEY=from-file\r\nexport OPENAI_API_KEY="a # b"\nCOPYDESK_PORT=1\nTEMPORAL_API_KEY=x\n';
  await write(`\ufeff# keys\r\n${keys}`);
  // Set to nothing is a way to do without what the file says.
  const env: Record<string, string | undefined> = { COPYDESK_PORT: '8301', TEMPORAL_API_KEY: '' };
  const taken = { FAL_KEY: 'from-file', OPENAI_API_KEY: 'a # b' };
  expect(loadEnvFile({ ...env }, folder)).toEqual({ ...env, ...taken });
});

it('changes nothing without a file, or with none wanted', async () => {
  expect(loadEnvFile({}, folder)).toEqual({});
  await write('FAL_KEY=a');
  expect(loadEnvFile({ COPYDESK_ENV_FILE: 'none' }, folder)).toEqual({ COPYDESK_ENV_FILE: 'none' });
});

it('reads another file that is named', async () => {
  await write('FAL_KEY=b', 'production.env');
  expect(loadEnvFile({ COPYDESK_ENV_FILE: 'production.env' }, folder)).toMatchObject({ FAL_KEY: 'b' });
});

it.each([
  ['gone.env', 'there is no such file'],
  // It might never end.
  ['/dev/zero', 'it is no file'],
])('refuses %s: %s', (file, why) => {
  const message = `${file} can't be read: ${why}; mend it, or set COPYDESK_ENV_FILE=none to read no file`;
  expect(() => loadEnvFile({ COPYDESK_ENV_FILE: file }, folder)).toThrow(new UsageError('.env', message));
});

it.each<[text: string | Uint8Array | null, message: RegExp]>([
  [null, /^\.env can't be read: it is a folder;[^\n]*$/],
  [new Uint8Array([0x41, 0x3d, 0xff]), /^\.env can't be read: it is not UTF-8 text;[^\n]*$/],
  ['#'.repeat(300_000), /^\.env can't be read: 300000 bytes is more than the 262144 allowed;[^\n]*$/],
  ['A=1\nOPENAI_API_KEY sk-secret\n', /^\.env:2: is not NAME=value;[^\n]*$/],
])('refuses a file %# in one line, without what stands there', async (text, message) => {
  await (text === null ? mkdir(join(folder, '.env')) : write(text));
  const load = (): unknown => loadEnvFile({}, folder);
  expect(load).toThrow(UsageError);
  expect(load).toThrow(message);
  expect(load).not.toThrow(/secret/);
});

const NO_VALUE = 'is not NAME=value';
it.each([
  ['', null],
  ['A=1\n\n  # a\n export B = 2\nC="two\nlines"\nD=\'#\' # b\nE=\n', null],
  ['A=1\r\nB=2\r\n', null],
  ['A: 1', { line: 1, message: NO_VALUE }],
  ['A=1\n=2', { line: 2, message: NO_VALUE }],
  ['A=1\n2B=3', { line: 2, message: NO_VALUE }],
  ['A="open\nB=1', { line: 1, message: 'the quote " is not closed' }],
])('the problem of %j is %j', (text, problem) => expect(envProblem(text)).toEqual(problem));

// Each took minutes with the square of its length.
it.each([
  ['spaces before an odd line break', `A=${' '.repeat(250_000)}x\u2028`, null],
  ['spaces before a name', `${' '.repeat(250_000)}A`, { line: 1, message: NO_VALUE }],
  ['values of two lines', 'A="\n"\n'.repeat(40_000), null],
  ['quotes', `A=${'"'.repeat(250_000)}`, null],
  ['names', 'A'.repeat(250_000), { line: 1, message: NO_VALUE }],
  ['carriage returns', `A=1${'\r'.repeat(250_000)}`, null],
])('reads a file of %s in time', (_what, text, problem) => expect(envProblem(text)).toEqual(problem));

const env = { COPYDESK_ENV_FILE: '' };

it('the command reads the .env of the folder where it runs, and the environment beats it', async () => {
  await write('COPYDESK_PORT=file\nCOPYDESK_LOG=file\n');
  const { code, stderr } = await copydesk(['accounts', 'check'], { ...env, COPYDESK_PORT: '8301' }, folder);
  expect([code, stderr]).toEqual([2, "COPYDESK_LOG='file' is not one of error, warn, info, debug\n"]);
});

it('the command says what is wrong with it, as a document too, and answers --help all the same', async () => {
  await write('COPYDESK_PORT 8301\n');
  const check = ['accounts', 'check', '--json'];
  const [failed, help] = await Promise.all([check, ['--help']].map((args) => copydesk(args, env, folder)));
  const message = '.env:1: is not NAME=value; mend it, or set COPYDESK_ENV_FILE=none to read no file';
  expect(failed).toMatchObject({ code: 2, stderr: `${message}\n` });
  expect(JSON.parse(failed!.stdout)).toEqual({ error: { message, field: '.env' } });
  expect(help!.code).toBe(0);
});

const read = (name: string) => readFile(new URL(`../${name}`, import.meta.url), 'utf8');

it('.env.example is what npm run docs writes, and sets nothing until a # is taken away', async () => {
  const text = await read('.env.example');
  expect(text).toBe(envExample(VARIABLES));
  expect(parseEnv(text)).toEqual({});
  const named = Object.keys(parseEnv(text.replace(/^#(?! )/gm, '')));
  const settable = VARIABLES.map(({ name }) => name).filter((name) => name !== 'COPYDESK_ENV_FILE');
  expect(named.toSorted()).toEqual(settable.toSorted());
});

it.each(['.gitignore', '.dockerignore'])('.env itself stands in %s', async (name) => {
  expect((await read(name)).split('\n')).toContain('.env');
});
