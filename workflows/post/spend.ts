import { spendFor, type Spend } from '../../contract/money/spend.js';
import type { MadeStep } from './state/rows.js';
import type { Post } from './state/state.js';

/** Whose money a step of a post spends, and what its budgets and its person allow. */
export function spendOf(post: Post, step: MadeStep): Spend {
  return spendFor({ ...post.input, postId: post.input.id, confirmed: isConfirmed(post, step) });
}

/** Who has opened the media gate for this revision has said to pay for what comes after it. */
const isConfirmed = ({ work, decisions }: Post, step: MadeStep): boolean =>
  work.confirmed.includes(step) || (step !== 'draft' && decisions.passed.includes('media'));
