import type { ChatStatus } from '../../contract/chat.js';
import { amount, facts, lines, parts, plain } from '../markdown.js';

/** The conversation for the Temporal UI, as Markdown. @param questions the last ones in short, the newest first */
export function chatDetails(chat: ChatStatus, questions: readonly string[]): string {
  const { account, turns, lastAt, costUsd, unknownUsd } = chat;
  const standing = facts([
    `${turns} ${turns === 1 ? 'turn' : 'turns'}`,
    lastAt !== null && `the last at ${lastAt}`,
    `${amount(costUsd)} since it was last taken up`,
    unknownUsd > 0 && `${amount(unknownUsd)} more of unknown outcome`,
  ]);
  const head = lines([`**Chat with @${plain(account)}**`, standing]);
  return parts(questions.length > 0 ? [head, questions.map((one) => `- ${plain(one)}`).join('\n')] : [head]);
}
