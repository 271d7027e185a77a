import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountFileText, sampleAccount } from '../../desk/testing/samples.js';
import { keepAccounts, watchAccountFiles, type AccountFiles } from './account-files.js';
import { loadAccount, loadAccounts, readAccount, readAccounts } from './load.js';

const GOOD = 'name: A\nbio: b\nvoice: v\nlook: l\nplanners: { p: { covers: c, guidance: g } }\n';
let folder: string;
const put = (name: string, content: string | Uint8Array) => writeFile(path.join(folder, name), content);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copydesk-accounts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('takes the handle from the name of the file', async () => {
  await put('night_ferries.yaml', GOOD);
  expect(await loadAccount(folder, 'night_ferries')).toMatchObject({ handle: 'night_ferries', name: 'A' });
});

it('offers the account that may be meant', async () => {
  await put('nightferries.yaml', GOOD);
  const message = /^account='nightfery' has no file .*; did you mean nightferries\?$/;
  await expect(loadAccount(folder, 'nightfery')).rejects.toMatchObject({ field: 'account', exitCode: 2 });
  await expect(loadAccount(folder, 'nightfery')).rejects.toThrow(message);
});

it.each(['../secret', 'a/b', 'Ä', '', 'x'.repeat(31), '__PROTO__'])('never opens %j', async (handle) => {
  await put('known.yaml', GOOD);
  await expect(loadAccount(folder, handle)).rejects.toThrow(/has no file/);
});

it('names the first problem and how many more there are', async () => {
  await put('bad.yaml', 'name: 1\nbio: 2\n');
  const message = /bad\.yaml:1: name: '1' is not text \(and 4 more; copydesk accounts check lists them\)$/;
  await expect(loadAccount(folder, 'bad')).rejects.toThrow(message);
});

it('names the folder that is not there', async () => {
  const message = expect.stringMatching(/no such folder/) as string;
  const error = { exitCode: 2, field: 'COPYDESK_ACCOUNTS', message };
  await expect(loadAccount(path.join(folder, 'none'), 'x')).rejects.toMatchObject(error);
});

it('reports each file by name, good and bad', async () => {
  await put('b.yaml', GOOD);
  await put('a.yaml', GOOD.replace('bio', 'bo'));
  await put('notes.txt', 'not an account');
  const checked = await readAccounts(folder);
  const fields = checked.map(({ handle, problems }) => [handle, problems.map(({ field }) => field)]);
  expect(Object.fromEntries(fields)).toEqual({ a: ['bio', 'bo'], b: [] });
  expect(checked[0]?.file).toBe(path.join(folder, 'a.yaml'));
});

it.each<[name: string, content: string | Uint8Array | null, message: RegExp]>([
  ['Night-Ferries.yaml', GOOD, /'Night-Ferries' is not a handle/],
  ['ferries.yml', GOOD, /name it ferries\.yaml/],
  ['huge.yaml', Buffer.alloc(300_000, '#'), /^300000 bytes is more than the 262144 allowed$/],
  ['binary.yaml', Uint8Array.of(0x6e, 0xff, 0xfe), /not UTF-8/],
  ['folder.yaml', null, /can't be read/],
])('finds what is wrong with %s', async (name, content, message) => {
  await (content === null ? mkdir(path.join(folder, name)) : put(name, content));
  const [checked] = await readAccounts(folder);
  const problem = { line: 1, field: 'file', message: expect.stringMatching(message) as string };
  expect(checked?.problems[0]).toMatchObject(problem);
});

it('reads no device, which might never end', async () => {
  const { problems } = await readAccount('/dev/zero', 'x');
  expect(problems).toEqual([{ line: 1, field: 'file', message: "can't be read: it is no file" }]);
});

it('names the first problem of all files and how many more there are', async () => {
  await put('a.yaml', GOOD);
  await put('b.yaml', GOOD.replace('bio', 'bo'));
  await put('c.yml', GOOD);
  const message = /b\.yaml:1: bio: is missing \(and 2 more; copydesk accounts check lists them\)$/;
  await expect(loadAccounts(folder)).rejects.toMatchObject({ exitCode: 2, field: 'account' });
  await expect(loadAccounts(folder)).rejects.toThrow(message);
});

it('the samples that come with Copydesk are right, public, marked, and differ in time zone', async () => {
  const accounts = await loadAccounts(path.join(import.meta.dirname, '../../accounts'));
  expect(accounts.map(({ handle }) => handle)).toEqual(
    expect.arrayContaining(['ashtalksai', 'crumbandcrust']),
  );
  expect(accounts.every(({ sample, record }) => sample && record === 'public')).toBe(true);
  expect(new Set(accounts.map(({ timeZone }) => timeZone)).size).toBe(accounts.length);
  const planners = Object.keys(accounts.find(({ handle }) => handle === 'ashtalksai')!.planners);
  expect(planners).toContain('foundation_models_and_inference_economics');
  expect(planners.length).toBeGreaterThanOrEqual(4);
});

const BROKEN = 'name: Harbor\nrecord: [';
const write = (text: string, handle = 'harbor') => put(`${handle}.yaml`, text);
const file = (changes: Parameters<typeof sampleAccount>[0] = {}) => accountFileText(sampleAccount(changes));

describe('accounts that are watched', () => {
  let said: string[];
  let accounts: AccountFiles;
  beforeEach(() => {
    said = [];
    accounts = watchAccountFiles(folder, (line) => said.push(line));
  });
  const record = async () => (await accounts.account('harbor'))?.record;

  it('are what their files say now', async () => {
    await write(file({ record: 'public' }));
    expect(await record()).toBe('public');
    await write(file({ record: 'desk' }));
    expect(await record()).toBe('desk');
    expect(await accounts.account('harbor')).toMatchObject({ handle: 'harbor', name: 'Harbor Notes' });
  });

  it('stay as they were while a file has a problem, which is said once for each change', async () => {
    await write(file({ record: 'public' }));
    await record();
    await write(BROKEN);
    expect([await record(), await record()]).toEqual(['public', 'public']);
    const line = /harbor\.yaml:\d+: file: is not valid YAML.*; the account stays as it last was$/;
    expect(said).toEqual([expect.stringMatching(line)]);
    await write(file({ record: 'desk' }));
    expect(await record()).toBe('desk');
    expect(said).toHaveLength(1);
  });

  it('are unknown without a file that ever was right, without a file any more, and by what is no handle', async () => {
    await write('name: Harbor');
    expect(await accounts.account('harbor')).toBeNull();
    await write(file({ record: 'public' }));
    expect(await record()).toBe('public');
    await rm(path.join(folder, 'harbor.yaml'));
    expect(await accounts.account('harbor')).toBeNull();
    expect(await accounts.account('../harbor')).toBeNull();
  });

  it('have a problem where a folder stands in the place of a file', async () => {
    await mkdir(path.join(folder, 'harbor.yaml'));
    expect(await accounts.account('harbor')).toBeNull();
    expect(said).toHaveLength(1);
  });

  it('are listed by the handles with a file, none without a folder', async () => {
    await write(file());
    await write('broken: [', 'another');
    await write('', 'No Handle');
    expect(await accounts.handles()).toEqual(['another', 'harbor']);
    await rm(folder, { recursive: true });
    expect(await accounts.handles()).toEqual([]);
    expect(await accounts.account('harbor')).toBeNull();
  });
});

describe('an account that is kept', () => {
  let account: ReturnType<typeof keepAccounts>;
  beforeEach(async () => {
    account = keepAccounts(folder);
    await write(file({ record: 'public' }));
  });

  it('is read once for as long as its file stays as it is', async () => {
    const first = await account('harbor');
    expect(await account('harbor')).toBe(first);
    await write(file({ record: 'desk' }));
    expect(await account('harbor')).toMatchObject({ record: 'desk' });
  });

  it('with a problem is refused each time, with the line, and is as it was no more', async () => {
    await account('harbor');
    await write(BROKEN);
    await expect(account('harbor')).rejects.toThrow(/harbor\.yaml:\d+: /);
    await expect(account('harbor')).rejects.toThrow(/harbor\.yaml:\d+: /);
    await write(file());
    expect(await account('harbor')).toMatchObject({ handle: 'harbor' });
  });

  it('without a file is unknown, also after it was read', async () => {
    await account('harbor');
    await rm(path.join(folder, 'harbor.yaml'));
    for (const handle of ['harbor', '../harbor', 'Harbor'])
      await expect(account(handle)).rejects.toThrow(`account='${handle}' has no file`);
  });
});
