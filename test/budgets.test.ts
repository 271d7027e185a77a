import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Account, Budgets } from '../contract/account.js';
import { NEEDS_CONFIRMATION, OVER_BUDGET } from '../contract/money/spend.js';
import { resumeSignal, setBudgetSignal, type SetBudget } from '../contract/messages.js';
import type { BatchStatus, PostStatus } from '../contract/status.js';
import { accountWith } from './batch-input.js';
import { allWaiting, nano, startHarness, type Harness } from './harness.js';

const IMAGE = 60_000_000;
const CENTS = 10_000_000;

let desk: Harness;
beforeAll(async () => {
  desk = await startHarness({}, { media: 'plain' });
}, 60_000);
beforeEach(() => desk.standIns.control.clear());
afterAll(() => desk.close());

/** The sample account with other budgets, and none of the month. */
async function withBudgets(budget: Partial<Budgets>): Promise<{ account: Account }> {
  const { account } = await accountWith({});
  return { account: { ...account, budget: { ...account.budget, month: null, ...budget } } };
}
const tell = (batchId: string, message: SetBudget) => desk.batch(batchId).signal(setBudgetSignal, message);
const resumeBatch = (batchId: string) => desk.batch(batchId).signal(resumeSignal, { by: 'mo' });
const jobs = async (): Promise<number> =>
  (await desk.standIns.ledger()).filter(({ provider }) => provider === 'fal').length;
const blocked = (count: number) => (status: BatchStatus) => status.counts.blocked === count;
const blockedPosts = (status: BatchStatus): Promise<PostStatus[]> =>
  Promise.all(status.posts.filter((post) => post.status === 'blocked').map(({ id }) => desk.postStatus(id)));

describe("a batch's budget", () => {
  it('blocks what it does not hold, with both figures, before it is paid; more of it and a resume go on', async () => {
    const before = await jobs();
    // For the words of three posts, and two of their pictures.
    const batchId = await desk.startBatch({ hero_text: 3 }, { budget: 2 * IMAGE + 3 * CENTS });
    const halted = await desk.batchUntil(
      batchId,
      ({ counts }) => counts.awaiting_approval === 2 && counts.blocked === 1,
    );
    const [post] = await blockedPosts(halted);
    expect(post?.error).toMatchObject({
      type: OVER_BUDGET,
      message: expect.stringMatching(
        new RegExp(
          `^the hero image is expected to cost \\$0\\.06, and \\$0\\.1\\d of the batch's budget of \\$0\\.15 is spent or held; copydesk batch budget ${batchId} USD, then copydesk batch resume ${batchId}$`,
        ),
      ) as string,
    });
    expect(post?.pipeline.find(({ step }) => step === 'hero_image')).toMatchObject({
      state: 'failed',
      costUsd: 0,
    });
    expect(await jobs()).toBe(before + 2);
    await tell(batchId, { by: 'mo', usd: 1 });
    // Nobody has said to go on yet.
    expect(await desk.batchUntil(batchId, ({ budgetUsd }) => budgetUsd === 1)).toSatisfy(blocked(1));
    await resumeBatch(batchId);
    const status = await desk.batchUntil(batchId, allWaiting(3));
    expect(await jobs()).toBe(before + 3);
    expect(nano(status.costUsd)).toBeLessThanOrEqual(nano(status.budgetUsd));
    expect(await desk.services.archive.ledger.listHolds({ batchId })).toEqual([]);
  });

  it('that does not hold the plan blocks the batch, which plans once it does', async () => {
    const batchId = await desk.startBatch({ hero_text: 1 }, { budget: 0 });
    const { error, costUsd } = await desk.batchUntil(batchId, ({ status }) => status === 'blocked');
    expect(error).toMatchObject({
      type: OVER_BUDGET,
      message: expect.stringContaining("$0.00 of the batch's budget of $0.00 is spent") as string,
    });
    expect(costUsd).toBe(0);
    await tell(batchId, { by: 'mo', usd: 1 });
    await resumeBatch(batchId);
    await desk.batchUntil(batchId, allWaiting(1));
  });

  it('that is made smaller counts at once', async () => {
    const wait = { kind: 'status', status: 429, retryAfter: 1 } as const;
    desk.standIns.control.fail({ on: 'openai', match: '^draft', ...wait, times: 1_000 });
    const batchId = await desk.startBatch({ hero_text: 1 });
    await desk.batchUntil(batchId, ({ posts }) => posts.length === 1);
    await tell(batchId, { by: 'mo', usd: 0.05 });
    await expect
      .poll(() => desk.services.archive.records.findBatch(batchId))
      .toMatchObject({ budgetUsd: 0.05 });
    desk.standIns.control.clear();
    const halted = await desk.batchUntil(batchId, blocked(1));
    expect((await blockedPosts(halted))[0]?.error?.message).toContain("the batch's budget of $0.05");
  });
});

describe('a step that is dearer than the account spends unasked', () => {
  it('waits for a person, whose resume pays for it once', async () => {
    const before = await jobs();
    const post = await desk.blockedPost('video', await withBudgets({ confirmOver: 50 * CENTS }));
    expect(post.error).toMatchObject({
      type: NEEDS_CONFIRMATION,
      message:
        'the video is expected to cost $0.56, more than the $0.50 that @ashtalksai spends on a step unasked; resume pays for it',
    });
    expect(await jobs()).toBe(before + 1);
    await desk.post(post.id).signal(resumeSignal, { by: 'mo' });
    await desk.postUntil(post.id, ({ status }) => status === 'awaiting_approval');
    expect(await jobs()).toBe(before + 2);
  });

  it('is paid for by who has opened the media gate', async () => {
    const { account } = await withBudgets({ confirmOver: 1 * CENTS });
    const gated = { ...account, review: { ...account.review, gates: ['media' as const] } };
    const { id } = await desk.waitingPost('hero_text', { account: gated });
    await desk.post(id).signal('approve', { by: 'mo' });
    await desk.postUntil(id, ({ status }) => status === 'published');
  });

  it('is the plan itself where that is dear', async () => {
    const batchId = await desk.startBatch({ hero_text: 1 }, await withBudgets({ confirmOver: 0 }));
    const { error } = await desk.batchUntil(batchId, ({ status }) => status === 'blocked');
    expect(error).toMatchObject({ type: NEEDS_CONFIRMATION });
    await resumeBatch(batchId);
    // Now the draft asks.
    const [post] = await blockedPosts(await desk.batchUntil(batchId, blocked(1)));
    expect(post?.error).toMatchObject({
      type: NEEDS_CONFIRMATION,
      message: expect.stringMatching(/^the draft/) as string,
    });
  });
});

describe("an account's budget of the month", () => {
  it('holds over all of its batches, and a person may raise it for one', async () => {
    const handle = { handle: 'monthly' };
    const { account } = await withBudgets({ month: IMAGE + 3 * CENTS });
    // A planner that is cheap at its most: what is left of the month holds another plan, and not another picture.
    const models = { ...account.models, plan: 'gpt-6-luna' };
    const input = { account: { ...account, ...handle, models } };
    const first = await desk.startBatch({ hero_text: 1 }, input);
    await desk.batchUntil(first, allWaiting(1));
    const second = await desk.startBatch({ hero_text: 1 }, input);
    const [post] = await blockedPosts(await desk.batchUntil(second, blocked(1)));
    expect(post?.error).toMatchObject({
      type: OVER_BUDGET,
      message: expect.stringMatching(
        /@monthly's budget of the month of \$0\.09 is spent or held; .* USD --month, then/,
      ) as string,
    });
    await tell(second, { by: 'mo', usd: 1, of: 'month' });
    await resumeBatch(second);
    await desk.batchUntil(second, allWaiting(1));
    expect((await desk.batchStatus(second)).budgetUsd).toBe(account.budget.batch / 1e9);
  });
});

it('what stand-ins charge leaves real budgets and costs untouched', async () => {
  const offline = await startHarness();
  try {
    const { account } = await withBudgets({ month: 1 });
    const batchId = await offline.startBatch({ hero_text: 1 }, { account });
    const { costUsd } = await offline.batchUntil(batchId, allWaiting(1));
    expect(nano(costUsd)).toBeGreaterThan(IMAGE);
    expect((await offline.services.archive.ledger.sumCosts({ by: 'day' })).total).toMatchObject({
      costUsd: 0,
      charges: 0,
    });
    const small = await offline.startBatch({ hero_text: 1 }, { budget: IMAGE });
    // A rehearsal: what a batch may spend holds for samples too.
    expect(await offline.batchUntil(small, blocked(1))).toMatchObject({ offline: true });
  } finally {
    await offline.close();
  }
});
