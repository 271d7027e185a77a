import { OVER_BUDGET } from '../../contract/money/spend.js';
import { isKeyFailure } from '../../contract/errors.js';
import { isBatchFinal, isAtWork } from '../../contract/states.js';
import type { BatchPost, BatchStatus, PostStatus, StatusError } from '../../contract/status.js';

/** More posts than this are not named in one command. */
const EACH_POST = 8;

/**
 * What a person may do next with a batch: where they see and decide it, then the commands that do the same, as lines that can
 * be pasted; empty when there is nothing to do.
 *
 * @param desk where people reach the desk
 */
export function nextForBatch(status: BatchStatus, desk: string): string[] {
  const waiting = status.posts.filter((post) => post.status === 'awaiting_approval');
  const working = status.posts.filter((post) => isAtWork(post.status));
  const blocked = status.posts.filter((post) => post.status === 'blocked');
  const lines: string[] = [];
  if (waiting.length + blocked.length > 0) lines.push(`${desk}/desk?batch=${status.id}`);
  if (waiting.length === 1) lines.push(`npx copydesk approve ${waiting[0]?.id}`);
  if (waiting.length > 1) lines.push(`npx copydesk approve --batch ${status.id}`);
  lines.push(...nextForHalted(status, blocked));
  if (!isBatchFinal(status.status) && (working.length > 0 || status.posts.length === 0)) {
    lines.push(`npx copydesk batch status ${status.id} --watch`);
  }
  return lines;
}

/** How a paused batch, a blocked one and its blocked posts are resumed. */
function nextForHalted({ id, status, error }: BatchStatus, blocked: readonly BatchPost[]): string[] {
  const overBudget = blocked.filter((post) => isBudget(post.error));
  const withBatch = blocked.filter((post) => isBudget(post.error) || isKeyFailure(post.error));
  const others = blocked.filter((post) => !withBatch.includes(post)).slice(0, EACH_POST);
  const lines = others.length > 0 ? [`npx copydesk resume ${idsOf(others)}`] : [];
  if (overBudget.length > 0 || isBudget(error))
    lines.push(raise(id, [error, ...overBudget.map((post) => post.error)]));
  if (status === 'paused' || status === 'blocked' || withBatch.length > 0) {
    lines.push(`npx copydesk batch resume ${id}`);
  }
  return lines;
}

const isBudget = (error: StatusError | null): error is StatusError => error?.type === OVER_BUDGET;
/** The error's words name the budget that is spent: the batch's, or the account's of the month. */
const raise = (batchId: string, errors: readonly (StatusError | null)[]): string =>
  `npx copydesk batch budget ${batchId} USD${errors.some((error) => error?.message.includes('--month')) ? ' --month' : ''}`;
const idsOf = (posts: readonly BatchPost[]): string => posts.map((post) => post.id).join(' ');

type NextOfPost = Pick<PostStatus, 'id' | 'batchId' | 'status' | 'revision'> & {
  readonly error?: StatusError | null;
};

/** What a person may do next with a post. @param desk where people reach the desk */
export function nextForPost(
  { id, batchId, status, revision, error = null }: NextOfPost,
  desk: string,
): string[] {
  const page = `${desk}/desk/posts/${id}`;
  switch (status) {
    case 'awaiting_approval':
      return [
        page,
        `npx copydesk approve ${id} --revision ${revision}`,
        `npx copydesk revise ${id} --note "what to change"`,
        `npx copydesk edit ${id} --title "your words"`,
        `npx copydesk reject ${id} --reason "why"`,
      ];
    case 'blocked':
      return isBudget(error)
        ? [page, raise(batchId, [error]), `npx copydesk batch resume ${batchId}`]
        : [page, `npx copydesk resume ${id}`, `npx copydesk reject ${id} --reason "why"`];
    case 'scheduled':
      return [page, `npx copydesk post cancel ${id}`];
    case 'published':
      return error ? [page, `npx copydesk resume ${id}`] : [];
    default:
      return isAtWork(status) ? [`npx copydesk batch status ${batchId} --watch`] : [];
  }
}

/** The lines under a heading, or nothing. */
export const nextBlock = (lines: readonly string[]): string =>
  lines.length === 0 ? '' : `\n\nNext:\n${lines.map((line) => `  ${line}`).join('\n')}`;
