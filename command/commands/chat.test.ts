import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFolder } from '../../workers/temporal/testing/data-folder.js';
import { closedPort } from '../testing/command.js';
import { inJson } from '../testing/in-process.js';

it.each([
  ['closed', 'chat: { enabled: false }\n'],
  ['silent', ''],
])('%s: says how its chat is turned on, and asks no server', async (handle, chat) => {
  const folder = dataFolder();
  const file = (await readFile('accounts/crumbandcrust.yaml', 'utf8')).replace(/^chat:\n(?: .*\n)+/m, chat);
  await writeFile(join(folder, `${handle}.yaml`), file);
  const env = { COPYDESK_ACCOUNTS: folder, COPYDESK_TEMPORAL_PORT: `${await closedPort()}` };
  const message = `@${handle} answers no questions; set chat: { enabled: true } in accounts/${handle}.yaml`;
  const document = { error: { message, field: 'chat' } };
  const ended = await inJson(['chat', handle, 'Why rye?'], env);
  expect(ended).toEqual({ code: 1, stderr: `${message}\n`, document });
});
