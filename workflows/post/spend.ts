import type { Spend } from '../../activities/spend.js';
import type { MadeStep, PostRun } from './run.js';

/** Whose money a step of a post spends, and what its budgets and its person allow. */
export function spendOf(run: PostRun, step: MadeStep): Spend {
  const { account, planner, batchId, id, budget } = run.input;
  return {
    payer: { account: account.handle, planner, batchId, postId: id },
    limits: { batch: budget ?? null, month: account.budget.month ?? null },
    confirmOver: account.budget.confirmOver ?? null,
    confirmed: isConfirmed(run, step),
  };
}

/** Who has opened the media gate for this revision has said to pay for what comes after it. */
export const isConfirmed = (run: PostRun, step: MadeStep): boolean =>
  run.confirmed.has(step) || (step !== 'draft' && run.passed.has('media'));
