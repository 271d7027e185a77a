import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadAccount, loadAccounts, readAccounts } from './load.js';

const GOOD = 'name: A\nbio: b\nvoice: v\nlook: l\nplanners: { p: { covers: c, guidance: g } }\n';
let folder: string;
const put = (name: string, content: string | Uint8Array) => writeFile(path.join(folder, name), content);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copydesk-accounts-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('loadAccount', () => {
  it('takes the handle from the name of the file', async () => {
    await put('night_ferries.yaml', GOOD);
    expect(await loadAccount(folder, 'night_ferries')).toMatchObject({ handle: 'night_ferries', name: 'A' });
  });

  it('offers the account that may be meant', async () => {
    await put('nightferries.yaml', GOOD);
    await expect(loadAccount(folder, 'nightfery')).rejects.toMatchObject({
      field: 'account',
      exitCode: 2,
      message: expect.stringMatching(/^account='nightfery' has no file .*; did you mean nightferries\?$/),
    });
  });

  it.each(['../secret', 'a/b', 'Ä', '', 'x'.repeat(31), '__PROTO__'])('never opens %j', async (handle) => {
    await put('known.yaml', GOOD);
    await expect(loadAccount(folder, handle)).rejects.toThrow(/has no file/);
  });

  it('names the first problem and how many more there are', async () => {
    await put('bad.yaml', 'name: 1\nbio: 2\n');
    await expect(loadAccount(folder, 'bad')).rejects.toThrow(
      /bad\.yaml:1: name: '1' is not text \(and 4 more; copydesk accounts check lists them\)$/,
    );
  });

  it('names the folder that is not there', async () => {
    await expect(loadAccount(path.join(folder, 'none'), 'x')).rejects.toMatchObject({
      exitCode: 2,
      field: 'COPYDESK_ACCOUNTS',
      message: expect.stringMatching(/no such folder/),
    });
  });
});

describe('readAccounts', () => {
  it('reports each file by name, good and bad', async () => {
    await put('b.yaml', GOOD);
    await put('a.yaml', GOOD.replace('bio', 'bo'));
    await put('notes.txt', 'not an account');
    const checked = await readAccounts(folder);
    expect(checked.map(({ handle, problems }) => [handle, problems.map(({ field }) => field)])).toEqual([
      ['a', ['bio', 'bo']],
      ['b', []],
    ]);
    expect(checked[0]?.file).toBe(path.join(folder, 'a.yaml'));
  });

  it.each<[what: string, name: string, content: string | Uint8Array, message: RegExp]>([
    ['a name that is no handle', 'Night-Ferries.yaml', GOOD, /'Night-Ferries' is not a handle/],
    ['another extension', 'ferries.yml', GOOD, /name it ferries\.yaml/],
    [
      'a huge file',
      'huge.yaml',
      `${GOOD}# ${'x'.repeat(256 * 1024)}`,
      /bytes is more than the 262144 allowed/,
    ],
    ['bytes that are no text', 'binary.yaml', Uint8Array.of(0x6e, 0xff, 0xfe), /not UTF-8/],
  ])('finds %s', async (_, name, content, message) => {
    await put(name, content);
    const [checked] = await readAccounts(folder);
    expect(checked?.problems[0]).toMatchObject({
      line: 1,
      field: 'file',
      message: expect.stringMatching(message),
    });
  });

  it('says so when a file is a folder', async () => {
    await mkdir(path.join(folder, 'odd.yaml'));
    const [checked] = await readAccounts(folder);
    expect(checked?.problems[0]?.message).toMatch(/can't be read/);
  });
});

describe('loadAccounts', () => {
  it('reads every account, by name', async () => {
    await put('b.yaml', GOOD);
    await put('a.yaml', GOOD);
    expect((await loadAccounts(folder)).map(({ handle }) => handle)).toEqual(['a', 'b']);
  });

  it('names the first problem of all files and how many more there are', async () => {
    await put('a.yaml', GOOD);
    await put('b.yaml', GOOD.replace('bio', 'bo'));
    await put('c.yml', GOOD);
    await expect(loadAccounts(folder)).rejects.toMatchObject({
      exitCode: 2,
      field: 'account',
      message: expect.stringMatching(
        /b\.yaml:1: bio: is missing \(and 2 more; copydesk accounts check lists them\)$/,
      ),
    });
  });
});

describe('the samples that come with Copydesk', () => {
  const samples = path.join(import.meta.dirname, '../../accounts');

  it('are right, public, marked as samples, and differ in time zone', async () => {
    const checked = await readAccounts(samples);
    expect(checked.flatMap(({ problems }) => problems)).toEqual([]);
    const accounts = await Promise.all(checked.map(({ handle }) => loadAccount(samples, handle)));
    expect(accounts.every(({ sample, record }) => sample && record === 'public')).toBe(true);
    expect(new Set(accounts.map(({ timeZone }) => timeZone)).size).toBe(accounts.length);
    const ash = accounts.find(({ handle }) => handle === 'ashtalksai');
    expect(Object.keys(ash!.planners)).toContain('foundation_models_and_inference_economics');
    expect(Object.keys(ash!.planners).length).toBeGreaterThanOrEqual(4);
  });
});
