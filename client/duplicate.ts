import { randomInt } from 'node:crypto';
import type { Account } from '../contract/account.js';
import { formatOf } from '../contract/formats/registry.js';
import { newId } from '../contract/ids.js';
import { revisionIn } from '../contract/revision.js';
import { stateWords } from '../contract/states.js';
import type { PostStatus } from '../contract/status.js';
import type { Batches, NewBatch } from './batches.js';
import { RefusedError } from './errors.js';

/** A copy of a post that was started: a batch of one. */
export interface StartedCopy {
  readonly batchId: string;
  readonly postId: string;
}

/**
 * Starts a batch of one whose post begins with the plan, the words and the files of another, and waits for a person. Nothing is paid.
 *
 * @param account of the copy; it goes to the planner of the same name, or else to the first
 * @throws RefusedError for a post whose words or files are not there as a person saw them
 */
export async function startCopy(
  batches: Pick<Batches, 'start'>,
  post: PostStatus,
  account: Account,
): Promise<StartedCopy> {
  const order = copyOrder(post, account);
  const { batchId } = await batches.start(order);
  return { batchId, postId: order.copy.to };
}

function copyOrder(post: PostStatus, account: Account): NewBatch & Required<Pick<NewBatch, 'copy'>> {
  const { id, status, contentFormat, planner } = post;
  const seen = revisionIn(post);
  if (seen === null)
    throw new RefusedError(
      `post ${id} is ${stateWords(status)}; only one that waits, is scheduled or was published can be copied`,
    );
  const files = { hero_image: seen.hero, video: seen.clip };
  if (formatOf(contentFormat).media.some((step) => files[step] === null))
    throw new RefusedError(`post ${id} has not all its files yet; copy it once they are made`);
  return {
    account,
    planner: Object.hasOwn(account.planners, planner) ? planner : (Object.keys(account.planners)[0] ?? ''),
    mix: { [contentFormat]: 1 },
    copy: { from: id, to: newId((max) => randomInt(max)) },
  };
}
