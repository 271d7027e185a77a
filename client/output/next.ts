import { isBatchFinal, isAtWork } from '../../contract/states.js';
import type { BatchStatus, PostStatus } from '../../contract/status.js';

/** More commands than this are not read one by one. */
const EACH_POST = 8;

/** What a person may do next with a batch, as lines that can be pasted; empty when there is nothing to do. */
export function nextForBatch(status: BatchStatus): string[] {
  const waiting = status.posts.filter((post) => post.status === 'awaiting_approval');
  const working = status.posts.filter((post) => isAtWork(post.status));
  const lines: string[] = [];
  if (waiting.length > 0 && waiting.length <= EACH_POST) {
    lines.push(...waiting.map((post) => `npx copydesk approve ${post.id}`));
  }
  if (waiting.length > 1) lines.push(`npx copydesk approve --batch ${status.id}`);
  if (waiting.length > EACH_POST) lines.push('npx copydesk post list --waiting');
  if (!isBatchFinal(status.status) && (working.length > 0 || status.posts.length === 0)) {
    lines.push(`npx copydesk batch status ${status.id} --watch`);
  }
  return lines;
}

/** What a person may do next with a post. */
export function nextForPost(status: Pick<PostStatus, 'id' | 'batchId' | 'status' | 'revision'>): string[] {
  if (status.status === 'awaiting_approval') {
    return [
      `npx copydesk approve ${status.id} --revision ${status.revision}`,
      `npx copydesk reject ${status.id} --reason "why"`,
    ];
  }
  if (status.status === 'scheduled') return [`npx copydesk post cancel ${status.id}`];
  return isAtWork(status.status) ? [`npx copydesk batch status ${status.batchId} --watch`] : [];
}

/** The lines under a heading, or nothing. */
export const nextBlock = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `\n\nNext:\n${lines.map((line) => `  ${line}`).join('\n')}`;
