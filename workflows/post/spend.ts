import { spendFor, type Spend } from '../../contract/money/spend.js';
import type { MadeStep, PostRun } from './run.js';

/** Whose money a step of a post spends, and what its budgets and its person allow. */
export function spendOf(run: PostRun, step: MadeStep): Spend {
  return spendFor({ ...run.input, postId: run.input.id, confirmed: isConfirmed(run, step) });
}

/** Who has opened the media gate for this revision has said to pay for what comes after it. */
const isConfirmed = (run: PostRun, step: MadeStep): boolean =>
  run.confirmed.includes(step) || (step !== 'draft' && run.passed.includes('media'));
