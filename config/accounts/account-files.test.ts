import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountFileText, sampleAccount } from '../../desk/testing/samples.js';
import { watchAccountFiles, type AccountFiles } from './account-files.js';
import { keepAccounts } from './keep-accounts.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-accounts-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (text: string, handle = 'harbor') => writeFile(join(folder, `${handle}.yaml`), text);
const file = (changes: Parameters<typeof sampleAccount>[0] = {}) => accountFileText(sampleAccount(changes));
const BROKEN = 'name: Harbor\nrecord: [';

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
    await rm(join(folder, 'harbor.yaml'));
    expect(await accounts.account('harbor')).toBeNull();
    expect(await accounts.account('../harbor')).toBeNull();
  });

  it('have a problem where a folder stands in the place of a file', async () => {
    await mkdir(join(folder, 'harbor.yaml'));
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
    await rm(join(folder, 'harbor.yaml'));
    for (const handle of ['harbor', '../harbor', 'Harbor'])
      await expect(account(handle)).rejects.toThrow(`account='${handle}' has no file`);
  });
});
