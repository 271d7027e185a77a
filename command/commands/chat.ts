import { createHash } from 'node:crypto';
import { ChatOffError } from '../../client/errors.js';
import type { Citation, Reply } from '../../contract/chat.js';
import { TEXT_LIMITS } from '../../contract/limits.js';
import { withCopydesk } from '../context.js';
import { argument, defineCommand, option, text } from '../define.js';
import { byValue, idValue } from '../options/values.js';
import { nextBlock } from '../output/next.js';
import type { Colors } from '../output/output.js';
import { clipped, printableLines } from '../output/printable.js';

/** A question to an account, answered from what it has published. */
export const chat = defineCommand({
  name: 'chat',
  about: 'ask an account; it answers from the posts that it has published, and cites them',
  takes: {
    account: argument('<account>', 'the account: the name of its file in accounts/'),
    question: argument(
      '<question>',
      `at most ${TEXT_LIMITS.question} characters`,
      text(TEXT_LIMITS.question),
    ),
    chat: option('--chat <id>', 'the conversation to continue (default: a new one)', idValue),
  },
  examples: [
    'npx copydesk chat crumbandcrust "Why does my rye loaf stay flat?"',
    'npx copydesk chat crumbandcrust "And with more water?" --chat UpkTZ26nc9Eb --json',
  ],
  prints: '{ chatId, answer, citations: [{ postId, title, url }], offered?: [the same] }',
  notes: [
    "The account's file must have chat: { enabled: true }. An answer costs money like any other paid call and counts against chat.dailyBudget; a question that the budget does not hold is refused before anything is paid. Where no post has anything to do with a question, the account says so, offers up to three that come nearest, and nothing is paid; nor for a greeting, thanks, who it is, what it writes about or what is newest.",
    'A conversation reminds the model only of what the same user asked before.',
  ],
  async run(run, { account: handle, question, chat: chatId }) {
    const { loadAccount } = await import('../../config/accounts/load.js');
    const account = await loadAccount(run.settings.accounts, handle);
    if (!account.chat?.enabled) throw new ChatOffError(account.handle);
    const { output } = run;
    await withCopydesk(run, async ({ chats }) => {
      const reply = await chats.ask({ account, question, chatId, visitor: visitorHere() });
      output.result(chatDocument(reply), () => chatView(reply, account.handle, output.colors));
    });
  },
});

/** Who asks: the same user of the same machine is the same visitor, and their name goes nowhere. */
const visitorHere = (): string =>
  createHash('sha256')
    .update(`copydesk chat ${byValue(undefined)}`)
    .digest('hex')
    .slice(0, 32);

/** What `chat --json` prints of an answer. */
export type ChatDocument = Pick<Reply, 'chatId' | 'answer' | 'citations' | 'offered'>;

export const chatDocument = ({ chatId, answer, citations, offered }: Reply): ChatDocument => ({
  chatId,
  answer,
  citations: citations.map(citationOf),
  ...(offered && { offered: offered.map(citationOf) }),
});

const citationOf = ({ postId, title, url }: Citation): Citation => ({ postId, title, url });

/** `chat` for a person: the answer, the posts that it cites or offers, and how to ask on. */
export function chatView(reply: Reply, account: string, colors: Colors): string {
  const { chatId, answer, citations, offered = [], offline } = reply;
  const posts = [...citations, ...offered].map(
    ({ title, url }, index) => `[${index + 1}] ${clipped(title, 100)}  ${clipped(url, 2_000)}`,
  );
  const blocks = [
    printableLines(answer),
    ...(posts.length > 0 ? [posts.join('\n')] : []),
    ...(offline ? [colors.dim('An offline sample: a stand-in answered, and nobody was paid.')] : []),
  ];
  return `${blocks.join('\n\n')}${nextBlock([`npx copydesk chat ${account} "your next question" --chat ${chatId}`])}`;
}
