/** The client's side of a conversation: asking over Temporal, and deleting what Temporal knows of it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Calls } from '../client/calls.js';
import { Chats } from '../client/chats.js';
import { deskApi } from '../client/desk-api.js';
import { loadAccount } from '../config/accounts/load.js';
import type { Account } from '../contract/account.js';
import { inProcess } from '../command/testing/in-process.js';
import { chatWorkflowId, ID_PATTERN } from '../contract/ids.js';
import { startHarness, type Harness } from './harness.js';
import { until } from './until.js';

let folder: string;
let harness: Harness;
let chats: Chats;
let account: Account;
let other: Account;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-ask-'));
  const file = (await readFile('accounts/crumbandcrust.yaml', 'utf8')).replace(/^chat:\n(?: .*\n)+/m, '');
  for (const name of ['crumbandcrust', 'other'])
    await writeFile(join(folder, `${name}.yaml`), `${file}\nchat: { enabled: true }\n`);
  account = await loadAccount(folder, 'crumbandcrust');
  other = await loadAccount(folder, 'other');
  harness = await startHarness({ COPYDESK_ACCOUNTS: folder });
  const temporal = { client: harness.client, address: harness.address, namespace: harness.namespace };
  const desk = deskApi({ api: 'http://127.0.0.1:9', token: 'none', data: folder });
  chats = new Chats(new Calls({ ...temporal, close: () => Promise.resolve() }, desk));
}, 300_000);
afterAll(async () => {
  await harness?.close();
  await rm(folder, { recursive: true, force: true });
});

const question = 'Who won the regatta?';
const ask = (more: { chatId?: string; account?: Account } = {}) =>
  chats.ask({ account, question, visitor: 'a', ...more });
const isKnown = (chatId: string): Promise<boolean> =>
  harness.client.workflow
    .getHandle(chatWorkflowId(chatId))
    .describe()
    .then(
      () => true,
      () => false,
    );

it('asks, and continues in the same conversation', async () => {
  const first = await ask();
  expect(first).toMatchObject({ turn: 1, outcome: 'nothing_found', citations: [] });
  expect(await ask({ chatId: first.chatId })).toMatchObject({ chatId: first.chatId, turn: 2 });
});

it('asks from the command, which prints what it documents', async () => {
  const env = { ...harness.env, COPYDESK_ACCOUNTS: folder };
  const json = await inProcess(['chat', 'crumbandcrust', question, '--json'], env);
  expect(json).toMatchObject({ code: 0, stderr: '' });
  const document = JSON.parse(json.stdout) as { chatId: string };
  const answer = "I haven't written about that.";
  expect(document).toEqual({ chatId: expect.stringMatching(ID_PATTERN) as string, answer, citations: [] });
  const { chatId } = document;
  const plain = await inProcess(['chat', 'crumbandcrust', question, '--chat', chatId], env);
  expect(plain).toEqual({
    ...{ code: 0, stderr: '' },
    stdout: `${answer}\n\nNext:\n  npx copydesk chat crumbandcrust "your next question" --chat ${chatId}\n`,
  });
  const [first, second] = await harness.services.archive.chats.listTurns(chatId);
  expect(second?.visitor).toBe(first?.visitor);
  expect(first?.visitor).toMatch(/^[0-9a-f]{32}$/);
  expect(await inProcess(['chat', 'other', question, '--chat', chatId], env)).toMatchObject({
    code: 1,
    stdout: '',
  });
});

it('refuses what can not be asked, and starts nothing', async () => {
  const { chatId } = await ask();
  await expect(ask({ chatId, account: other })).rejects.toMatchObject({
    name: 'UnknownIdError',
    message: `no chat with id ${chatId} in namespace ${harness.namespace} of @other`,
  });
  await expect(chats.ask({ account, question: ' \n', visitor: 'a' })).rejects.toThrow(/1 to 2000/);
  await expect(ask({ chatId: "x' OR '1" })).rejects.toMatchObject({ name: 'UsageError', field: 'chatId' });
  await expect(ask({ account: { ...account, chat: null } })).rejects.toMatchObject({ name: 'ChatOffError' });
});

it('deletes an open conversation, and takes one that is not there for deleted', async () => {
  const { chatId } = await ask();
  await chats.delete(chatId);
  await until(
    () => isKnown(chatId),
    (known) => !known,
  );
  await chats.delete('NeverThere01');
});
