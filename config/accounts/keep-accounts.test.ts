import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { accountFileText, sampleAccount } from '../../desk/testing/samples.js';
import { keepAccounts } from './keep-accounts.js';

let folder: string;
let account: ReturnType<typeof keepAccounts>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-accounts-'));
  account = keepAccounts(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (text: string) => writeFile(join(folder, 'harbor.yaml'), text);
const file = (changes: Parameters<typeof sampleAccount>[0]) => accountFileText(sampleAccount(changes));

it('is read once for as long as its file stays as it is', async () => {
  await write(file({ record: 'public' }));
  const first = await account('harbor');
  expect(await account('harbor')).toBe(first);
  await write(file({ record: 'desk' }));
  expect(await account('harbor')).toMatchObject({ record: 'desk' });
});

it('with a problem is refused each time, with the line, and is as it was no more', async () => {
  await write(file({}));
  await account('harbor');
  await write('name: Harbor\nrecord: [');
  for (let time = 0; time < 2; time += 1)
    await expect(account('harbor')).rejects.toThrow(/harbor\.yaml:\d+: /);
  await write(file({}));
  expect(await account('harbor')).toMatchObject({ handle: 'harbor' });
});

it('without a file is unknown, also after it was read', async () => {
  await write(file({}));
  await account('harbor');
  await rm(join(folder, 'harbor.yaml'));
  for (const handle of ['harbor', '../harbor', 'Harbor'])
    await expect(account(handle)).rejects.toThrow(`account='${handle}' has no file`);
});
