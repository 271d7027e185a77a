import { describe, expect, it } from 'vitest';
import type { SetBudget } from '../../contract/messages.js';
import type { BatchStatus } from '../../contract/status.js';
import { batchPost, batchStatus } from '../testing/status.js';
import { setBatchBudget } from '../../client/batch-orders.js';
import { budgetText } from './batch.js';

const ID = 'Zr4hK8vYp1Nc';

/** A batch that takes a budget and answers with one status after the other. */
function batch(...statuses: BatchStatus[]) {
  const sent: SetBudget[] = [];
  return {
    sent,
    setBudget: (_: string, budget: SetBudget) => Promise.resolve(void sent.push(budget)),
    status: () => Promise.resolve(statuses.length > 1 ? statuses.shift()! : statuses[0]!),
  };
}

it("a batch's budget is sent, and waited for until the status shows it", async () => {
  const budget = { by: 'mo', usd: 7.5 };
  const batches = batch(batchStatus([]), batchStatus([], { budgetUsd: 7.5 }));
  const status = await setBatchBudget(batches, ID, budget);
  expect(batches.sent).toEqual([budget]);
  expect(budgetText(status, budget)).toBe(`Batch ${ID} may spend $7.50; $0.13 is spent.`);
});

describe("an account's month", () => {
  const budget = { by: 'mo', usd: 80, of: 'month' } as const;

  it('is sent, and reported as delivered: no status shows it', async () => {
    const batches = batch(batchStatus([]));
    const status = await setBatchBudget(batches, ID, budget);
    expect(batches.sent).toEqual([budget]);
    const words = `Delivered: @ashtalksai may spend $80.00 a month as far as batch ${ID} goes.`;
    expect(budgetText(status, budget)).toBe(words);
  });

  it.each<[what: string, status: BatchStatus]>([
    ['a post', batchStatus([batchPost({ status: 'blocked' })])],
    ['the plan', batchStatus([], { status: 'blocked' })],
  ])('comes with how to go on when %s is blocked', (_, status) => {
    expect(budgetText(status, budget)).toMatch(new RegExp(`Next:\n {2}npx copydesk batch resume ${ID}$`));
  });

  it('comes too late for a batch that has ended', async () => {
    const late = setBatchBudget(batch(batchStatus([], { status: 'done' })), ID, budget);
    await expect(late).rejects.toThrow(`batch ${ID} is done; the budget came too late`);
  });
});
