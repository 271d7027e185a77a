import { NEEDS_CONFIRMATION } from '../../contract/money/budget.js';
import { resumedPost, resumesWithBatch } from './known-post.js';
import { statusOf, type BatchRun } from './run.js';
import type { BudgetChange } from './read-budget.js';

/** What people tell a batch. The signals only note it here; the batch's own loop acts. */

/** Nothing more is started. */
export function pause(run: BatchRun): void {
  run.paused = true;
  if (run.status !== 'blocked') run.status = statusOf(run);
}

/** Continues with what a pause, a plan, a budget or a key has stopped. */
export function resume(run: BatchRun): void {
  if (run.error?.type === NEEDS_CONFIRMATION) run.confirmed = true;
  const ids = run.posts.filter(resumesWithBatch).map((post) => post.id);
  run.resuming.push(...ids.filter((id) => !run.resuming.includes(id)));
  Object.assign(run, { paused: false, error: null, strikes: {} });
  run.status = statusOf(run);
}

export function changeBudget(run: BatchRun, { of, amount }: BudgetChange): void {
  if (of === 'month') run.monthBudget = amount;
  else run.budget = amount;
  run.budgetUntold = true;
}

/** Takes at most `most` of the posts that are to be told to resume, and still wait for it. They count as at work now. */
export function takeResuming(run: BatchRun, most: number): string[] {
  const ids = new Set(run.resuming.splice(0, most));
  const told: string[] = [];
  for (const [index, post] of run.posts.entries()) {
    if (!ids.has(post.id) || !resumesWithBatch(post)) continue;
    run.posts[index] = resumedPost(post);
    told.push(post.id);
  }
  return told;
}
