import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { accountFileText, sampleAccount } from '../../desk/testing/samples.js';
import { watchAccountFiles, type AccountFiles } from './account-files.js';

let folder: string;
let said: string[];
let accounts: AccountFiles;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-accounts-'));
  said = [];
  accounts = watchAccountFiles(folder, (line) => said.push(line));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (text: string, handle = 'harbor') => writeFile(join(folder, `${handle}.yaml`), text);
const file = (changes: Parameters<typeof sampleAccount>[0]) => accountFileText(sampleAccount(changes));
const record = async (handle = 'harbor') => (await accounts.account(handle))?.record;

it('answers what the file says now', async () => {
  await write(file({ record: 'public' }));
  expect(await record()).toBe('public');
  await write(file({ record: 'desk' }));
  expect(await record()).toBe('desk');
  expect(await accounts.account('harbor')).toMatchObject({ handle: 'harbor', name: 'Harbor Notes' });
});

it('keeps to the file as it was while it has a problem, and says so once for each change', async () => {
  await write(file({ record: 'public' }));
  await record();
  await write('name: Harbor\nrecord: [');
  expect([await record(), await record()]).toEqual(['public', 'public']);
  expect(said).toEqual([
    expect.stringMatching(/harbor\.yaml:\d+: file: is not valid YAML.*; the account stays as it last was$/),
  ]);
  await write(file({ record: 'desk' }));
  expect(await record()).toBe('desk');
  expect(said).toHaveLength(1);
});

it('knows nothing of a file that never was without a problem, of one that is gone, and of what is no handle', async () => {
  await write('name: Harbor');
  expect(await accounts.account('harbor')).toBeNull();
  await write(file({ record: 'public' }));
  await record();
  await rm(join(folder, 'harbor.yaml'));
  expect(await accounts.account('harbor')).toBeNull();
  expect(await accounts.account('../harbor')).toBeNull();
});

it('a folder in the place of a file is a problem like another', async () => {
  await mkdir(join(folder, 'harbor.yaml'));
  expect(await accounts.account('harbor')).toBeNull();
  expect(said).toHaveLength(1);
});

it('lists the handles with a file, none without a folder', async () => {
  await write(file({}));
  await write('broken: [', 'another');
  await write('', 'No Handle');
  expect(await accounts.handles()).toEqual(['another', 'harbor']);
  await rm(folder, { recursive: true });
  expect(await accounts.handles()).toEqual([]);
  expect(await accounts.account('harbor')).toBeNull();
});
