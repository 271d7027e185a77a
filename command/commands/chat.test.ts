import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pc from 'picocolors';
import { expect, it } from 'vitest';
import type { Reply } from '../../contract/chat.js';
import { dataFolder } from '../../workers/temporal/testing/data-folder.js';
import { closedPort } from '../testing/command.js';
import { inJson } from '../testing/in-process.js';
import { chatDocument, chatView } from './chat.js';

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

const plain = pc.createColors(false);
const reply: Reply = {
  chatId: 'UpkTZ26nc9Eb',
  turn: 1,
  outcome: 'answered',
  offline: false,
  answer: 'Rye has\u001b[2J little gluten.\nIt stays flat [1].',
  citations: [
    { postId: 'b7Qm2LxT0sWd', title: 'What rye lacks', url: 'http://desk/@crumb/posts/b7Qm2LxT0sWd' },
    { postId: 'Zr4hK8vYp1Nc', title: 'A wet dough', url: 'http://desk/@crumb/posts/Zr4hK8vYp1Nc' },
  ],
};
const NEXT = ['Next:', '  npx copydesk chat crumb "your next question" --chat UpkTZ26nc9Eb'];

it('shows the answer, which steers nothing, what it cites, and how to ask on', () => {
  expect(chatView(reply, 'crumb', plain).split('\n')).toEqual([
    'Rye has [2J little gluten.',
    'It stays flat [1].',
    '',
    '[1] What rye lacks  http://desk/@crumb/posts/b7Qm2LxT0sWd',
    '[2] A wet dough  http://desk/@crumb/posts/Zr4hK8vYp1Nc',
    '',
    ...NEXT,
  ]);
});

it('has no list where nothing is cited, and says what a stand-in answered', () => {
  const declined = { ...reply, answer: "I haven't written about that.", citations: [], offline: true };
  expect(chatView(declined, 'crumb', plain).split('\n')).toEqual([
    "I haven't written about that.",
    '',
    'An offline sample: a stand-in answered, and nobody was paid.',
    '',
    ...NEXT,
  ]);
});

it('prints as JSON what is documented, and nothing more', () => {
  const { chatId, answer, citations } = reply;
  const more = { ...reply, citations: citations.map((citation) => ({ ...citation, score: 3 })) };
  expect(chatDocument(more)).toEqual({ chatId, answer, citations });
});
