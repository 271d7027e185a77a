import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parsed } from '../testing/bystander.js';
import { closedPort } from '../testing/command.js';
import { inProcess } from '../testing/in-process.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-chat-'));
  const file = (await readFile('accounts/crumbandcrust.yaml', 'utf8')).replace(/^chat:\n(?: .*\n)+/m, '');
  await writeFile(join(folder, 'open.yaml'), `${file}\nchat: { enabled: true }\n`);
  await writeFile(join(folder, 'closed.yaml'), `${file}\nchat: { enabled: false }\n`);
  await writeFile(join(folder, 'silent.yaml'), file);
});
afterAll(() => rm(folder, { recursive: true }));

it.each(['closed', 'silent'])(
  '%s: says in one line how its chat is turned on, and asks no server',
  async (handle) => {
    const port = await closedPort();
    const env = { COPYDESK_ACCOUNTS: folder, COPYDESK_TEMPORAL_PORT: `${port}` };
    const { code, stdout, stderr } = await inProcess(['chat', handle, 'Why rye?', '--json'], env);
    const message = `@${handle} answers no questions; set chat: { enabled: true } in accounts/${handle}.yaml`;
    expect({ code, stderr }).toEqual({ code: 1, stderr: `${message}\n` });
    expect(parsed(stdout)).toEqual({ error: { message, field: 'chat' } });
  },
);

it('names the server that does not answer', async () => {
  const port = await closedPort();
  const env = { COPYDESK_ACCOUNTS: folder, COPYDESK_TEMPORAL_PORT: `${port}` };
  expect(await inProcess(['chat', 'open', 'Why rye?'], env)).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: `no Temporal server at 127.0.0.1:${port}; start it with npm start, or set TEMPORAL_ADDRESS\n`,
  });
});
