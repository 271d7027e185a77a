import { CancelledFailure } from '@temporalio/workflow';
import { isFinal, type PostState } from '../../contract/states.js';
import { partOf, type Cell } from '../cell.js';
import { enterStatus } from './state/decisions.js';
import type { PostReporter } from './reporter.js';
import type { Post } from './state/state.js';

/** Goes to a state and makes it known. @throws CancelledFailure when a decision has ended the post */
export function enter(post: Cell<Post>, reporter: PostReporter, status: PostState): void {
  // A rejection or a cancel may have come while what can't be cancelled was under way.
  throwIfFinal(post.value);
  partOf(post, 'decisions').change((now) => enterStatus(now, status));
  reporter.announce();
}

/** @throws CancelledFailure when the post has ended */
export function throwIfFinal({ decisions }: Post): void {
  if (isFinal(decisions.status)) throw new CancelledFailure(`the post is ${decisions.status}`);
}
