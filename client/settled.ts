import { mixSize } from '../contract/mix.js';
import { isAtWork, isBatchFinal } from '../contract/states.js';
import type { BatchStatus } from '../contract/status.js';

/** Whether every post waits for a person or a slot, is final or blocked: nothing more happens by itself. */
export function isSettled(status: BatchStatus): boolean {
  if (isBatchFinal(status.status)) return true;
  if (status.posts.some((post) => isAtWork(post.status))) return false;
  return (
    status.status === 'blocked' ||
    (status.status !== 'planning' && status.posts.length >= mixSize(status.mix))
  );
}
