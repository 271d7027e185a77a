import type { Reply } from '../../contract/chat.js';
import { clipped, printableLines } from './printable.js';
import { nextBlock } from './next.js';
import type { Colors } from './output.js';

/** What `chat --json` prints of an answer. */
export type ChatDocument = Pick<Reply, 'chatId' | 'answer' | 'citations'>;

export const chatDocument = ({ chatId, answer, citations }: Reply): ChatDocument => ({
  chatId,
  answer,
  citations: citations.map(({ postId, title, url }) => ({ postId, title, url })),
});

/** `chat` for a person: the answer, the posts that it cites, and how to ask on. */
export function chatView(reply: Reply, account: string, colors: Colors): string {
  const { chatId, answer, citations, offline } = reply;
  const cited = citations.map(
    ({ title, url }, index) => `[${index + 1}] ${clipped(title, 100)}  ${clipped(url, 2_000)}`,
  );
  const blocks = [
    printableLines(answer),
    ...(cited.length > 0 ? [cited.join('\n')] : []),
    ...(offline ? [colors.dim('An offline sample: a stand-in answered, and nobody was paid.')] : []),
  ];
  return `${blocks.join('\n\n')}${nextBlock([`npx copydesk chat ${account} "your next question" --chat ${chatId}`])}`;
}
