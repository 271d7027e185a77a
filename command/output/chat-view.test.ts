import pc from 'picocolors';
import { expect, it } from 'vitest';
import type { Reply } from '../../contract/chat.js';
import { chatDocument, chatView } from './chat-view.js';

const plain = pc.createColors(false);
const reply: Reply = {
  ...{ chatId: 'UpkTZ26nc9Eb', turn: 1, outcome: 'answered', offline: false },
  answer: 'Rye has little gluten.\nIt stays flat [1].',
  citations: [
    {
      postId: 'b7Qm2LxT0sWd',
      title: 'What rye lacks',
      url: 'http://127.0.0.1:8300/@crumb/posts/b7Qm2LxT0sWd',
    },
    { postId: 'Zr4hK8vYp1Nc', title: 'A wet dough', url: 'http://127.0.0.1:8300/@crumb/posts/Zr4hK8vYp1Nc' },
  ],
};

it('shows the answer, what it cites, and how to ask on', () => {
  expect(chatView(reply, 'crumb', plain)).toBe(
    [
      'Rye has little gluten.',
      'It stays flat [1].',
      '',
      '[1] What rye lacks  http://127.0.0.1:8300/@crumb/posts/b7Qm2LxT0sWd',
      '[2] A wet dough  http://127.0.0.1:8300/@crumb/posts/Zr4hK8vYp1Nc',
      '',
      'Next:',
      '  npx copydesk chat crumb "your next question" --chat UpkTZ26nc9Eb',
    ].join('\n'),
  );
});

it('has no list where nothing is cited, and says what a stand-in answered', () => {
  const declined = { ...reply, answer: "I haven't written about that.", citations: [], offline: true };
  expect(chatView(declined, 'crumb', plain)).toBe(
    [
      "I haven't written about that.",
      '',
      'An offline sample: a stand-in answered, and nobody was paid.',
      '',
      'Next:',
      '  npx copydesk chat crumb "your next question" --chat UpkTZ26nc9Eb',
    ].join('\n'),
  );
});

it('lets no text steer the terminal', () => {
  const bad = '\u001b[2Ja\u202e\r\u0007b\u2028c';
  const [citation] = reply.citations;
  const shown = chatView(
    { ...reply, answer: bad, citations: [{ ...citation!, title: bad }] },
    'crumb',
    plain,
  );
  expect(shown).not.toMatch(/[^\P{Cc}\n]|[\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/u);
  expect(shown).toMatch(/^\[1\] \[2Ja b c {2}http/m);
});

it('prints as JSON what is documented, and nothing more', () => {
  const more = { ...reply.citations[0]!, score: 3 };
  expect(chatDocument({ ...reply, citations: [more] })).toEqual({
    ...{ chatId: 'UpkTZ26nc9Eb', answer: reply.answer, citations: [reply.citations[0]] },
  });
});
