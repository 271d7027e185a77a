import { WorkflowNotFoundError } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Activities } from '../activities/index.js';
import type { BatchInput } from '../contract/batch.js';
import { batchWorkflowId } from '../contract/ids.js';
import {
  approveAllSignal,
  approveSignal,
  pauseSignal,
  resumeSignal,
  reviewUpdate,
  setBudgetSignal,
  type ReviewRequest,
} from '../contract/messages.js';
import type { Mix } from '../contract/mix.js';
import { isAtWork } from '../contract/states.js';
import type { BatchStatus } from '../contract/status.js';
import { MOST_DROPPED } from '../workflows/post/state/review-log.js';
import { allWaiting, nano, startHarness, sum, type Harness } from './harness.js';

/** Events after which the server tells a workflow to continue as new; it is 4,096 when nobody changes it. */
const LONG_HISTORY = 100;
const WINDOW = 10;
const atWork = ({ posts }: BatchStatus): number => posts.filter(({ status }) => isAtWork(status)).length;

/** Longer than it takes to tell a budget, so that there is always one that the archive has not heard of. */
const slowToRecord = (activities: Activities): Activities => ({
  ...activities,
  async recordBatch(record) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    return activities.recordBatch(record);
  },
});

let desk: Harness;
beforeAll(async () => {
  const extraArgs = ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${LONG_HISTORY}`];
  desk = await startHarness({}, { extraArgs, media: 'plain', activities: slowToRecord });
}, 60_000);
afterAll(() => desk?.close(), 60_000);

const start = (mix: Mix, change: Partial<BatchInput> = {}): Promise<string> =>
  desk.startBatch(mix, { window: WINDOW, budget: nano(1_000), ...change });

/** The events of every run of a batch, first to last. */
async function runsOf(id: string) {
  const { raw } = await desk.batch(id).describe();
  const runs = [];
  for (let runId = raw.workflowExecutionInfo?.firstRunId; runId;) {
    const { events } = await desk.client.workflow.getHandle(batchWorkflowId(id), runId).fetchHistory();
    runs.push(events ?? []);
    runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return runs;
}

describe('a batch of 44 that continues as new', () => {
  const mix = { hero_text: 40, video: 4 };
  let id: string;
  let done: BatchStatus;
  let busiest = 0;
  let rounds = 0;
  /** The last one that the batch was told. */
  let budgetUsd = 0;

  beforeAll(async () => {
    id = await start(mix);
    // Approved, re-budgeted, paused and resumed all along, whatever run it is in.
    for (;;) {
      done = await desk.batchStatus(id);
      busiest = Math.max(busiest, atWork(done));
      if (done.status === 'done') return;
      rounds += 1;
      try {
        await desk.batch(id).signal(approveAllSignal, { by: 'mo', note: `round ${rounds}` });
        await desk.batch(id).signal(setBudgetSignal, { by: 'mo', usd: 1_000 + rounds });
        budgetUsd = 1_000 + rounds;
        if (rounds % 5 === 0) {
          await desk.batch(id).signal(pauseSignal, { by: 'mo' });
          expect((await desk.batchStatus(id)).status).toMatch(/paused|done/);
          await desk.batch(id).signal(resumeSignal, { by: 'mo' });
        }
      } catch (error) {
        // It has ended since its status was asked for, which the next look shows.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }, 300_000);

  it('publishes every post, each once, in exactly the mix', async () => {
    expect(done.counts).toEqual({ published: 44 });
    const ids = done.posts.map((post) => post.id);
    expect(new Set(ids).size).toBe(44);
    const of = (format: string) => done.posts.filter((post) => post.contentFormat === format).length;
    expect({ hero_text: of('hero_text'), video: of('video') }).toEqual(mix);
    const published = await desk.services.archive.records.listPublishedPosts('ashtalksai', { limit: 500 });
    expect(published.map(({ edition }) => edition.postId).sort()).toEqual([...ids].sort());
    expect(await desk.batch(id).result()).toEqual(done);
    expect(await desk.services.archive.records.findBatch(id)).toEqual(done);
  });

  it('has its window full, and never more than that', () => {
    expect(busiest).toBeLessThanOrEqual(WINDOW);
    expect(busiest).toBeGreaterThan(1);
  });

  it('loses no signal on the way from run to run', async () => {
    expect(done.budgetUsd).toBe(budgetUsd);
    for (const { id: postId } of done.posts.slice(-5)) {
      const { review } = await desk.postStatus(postId);
      expect(review.filter(({ counted }) => counted)).toMatchObject([{ decision: 'approve', by: 'mo' }]);
    }
  });

  it('adds up: posts and plans to the batch, and all to the ledger', async () => {
    const plans = sum(done.pipeline.map(({ costUsd }) => nano(costUsd)));
    expect(plans + sum(done.posts.map(({ costUsd }) => nano(costUsd)))).toBe(nano(done.costUsd));
    const ledger = await desk.standIns.ledger();
    expect(sum(ledger.map(({ amountNano }) => amountNano))).toBe(nano(done.costUsd));
    const charges = await desk.services.archive.ledger.listCharges({ batchId: id });
    expect(sum(charges.map(({ amount }) => amount))).toBe(nano(done.costUsd));
  });

  it('keeps the history of each run short, and starts each post in one of them', async () => {
    const runs = await runsOf(id);
    expect(runs.length).toBeGreaterThan(3);
    for (const events of runs) expect(events.length).toBeLessThan(2 * LONG_HISTORY);
    const started = runs.flatMap((events) =>
      events.flatMap((event) => event.startChildWorkflowExecutionInitiatedEventAttributes?.workflowId ?? []),
    );
    expect(started.sort()).toEqual(done.posts.map((post) => `post/${post.id}`).sort());
  });
});

/** A provider that has nobody continue until it is cleared. */
const BUSY = { kind: 'status', status: 429, retryAfter: 1, times: 1_000 } as const;

describe('a batch that is paused', () => {
  it('starts nothing more, finishes what it began, and goes on when resumed', async () => {
    desk.standIns.control.fail({ on: 'submit', ...BUSY });
    const id = await start({ hero_text: 12 }, { window: 3 });
    await desk.batchUntil(id, ({ posts }) => posts.length >= 3);
    await desk.batch(id).signal(pauseSignal, { by: 'mo' });
    desk.standIns.control.clear();
    const begun = await desk.batchUntil(id, (status) => atWork(status) === 0);
    expect(begun.status).toBe('paused');
    const count = begun.posts.length;
    expect(count).toBeLessThan(12);
    // Each end is news on which a batch that isn't paused would start the next.
    await desk.batch(id).signal(approveAllSignal, { by: 'mo' });
    const ended = await desk.batchUntil(id, ({ counts }) => counts.published === count);
    expect(ended).toMatchObject({ status: 'paused', counts: { published: count } });

    await desk.batch(id).signal(resumeSignal, { by: 'mo' });
    await desk.batchUntil(
      id,
      ({ posts, counts }) => posts.length === 12 && counts.awaiting_approval === 12 - count,
    );
    await desk.batch(id).signal(approveAllSignal, { by: 'mo' });
    expect(await desk.batch(id).result()).toMatchObject({ status: 'done', counts: { published: 12 } });
  });

  it('approves what waited when the approval came, and nothing later', async () => {
    desk.standIns.control.fail({ on: 'openai', match: '^plan', ...BUSY });
    const id = await start({ hero_text: 2 });
    // It is still being planned.
    await desk.batch(id).signal(approveAllSignal, { by: 'early' });
    desk.standIns.control.clear();
    const { posts } = await desk.batchUntil(id, allWaiting(2));
    for (const post of posts) expect((await desk.postStatus(post.id)).review).toEqual([]);
    await desk.batch(id).cancel();
  });
});

describe('a batch whose plan is blocked', () => {
  it('passes approvals on all the same, and goes on when resumed', async () => {
    // The second page of 21 items.
    desk.standIns.control.fail({ on: 'openai', kind: 'refusal', match: '^plan[^]*exactly 1 item', times: 3 });
    const id = await start({ hero_text: 21 });
    const blocked = await desk.batchUntil(
      id,
      ({ status, counts }) => status === 'blocked' && counts.awaiting_approval === 20,
    );
    expect(blocked).toMatchObject({
      error: { type: 'Output.NotUsable' },
      pipeline: [{ state: 'done' }, { state: 'failed' }],
    });
    await desk.batch(id).signal(approveAllSignal, { by: 'mo' });
    await desk.batchUntil(id, ({ status, counts }) => status === 'blocked' && counts.published === 20);

    await desk.batch(id).signal(resumeSignal, { by: 'mo' });
    const going = await desk.batchUntil(id, ({ counts }) => counts.awaiting_approval === 1);
    expect(going).toMatchObject({
      status: 'running',
      error: null,
      pipeline: [{}, { state: 'done', attempts: 4 }],
    });
    await desk.batch(id).signal(approveAllSignal, { by: 'mo' });
    expect(await desk.batch(id).result()).toMatchObject({ status: 'done', counts: { published: 21 } });
  });
});

describe('a batch that is cancelled in the midst of it', () => {
  it.each(['at work', 'waiting', 'published'] as const)(
    'when the first post is %s, reaches every post, and each has its record',
    async (moment) => {
      // The clips are at work whenever it comes.
      desk.standIns.control.set({ image: { latencyMs: 300 }, video: { latencyMs: 3_600_000 } });
      const id = await start({ hero_text: 13, video: 2 });
      if (moment === 'at work') await desk.batchUntil(id, ({ posts }) => posts.length > 0);
      else
        await desk.batchUntil(
          id,
          (status) => (status.counts.awaiting_approval ?? 0) >= 2 && atWork(status) > 0,
        );
      if (moment === 'published') {
        await desk.batch(id).signal(approveAllSignal, { by: 'mo' });
        await desk.batchUntil(id, ({ counts }) => (counts.published ?? 0) >= 2);
      }
      await desk.batch(id).cancel();
      await expect(desk.batch(id).result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });

      const ended = await desk.batchStatus(id);
      expect(ended.status).toBe('cancelled');
      expect(ended.posts.length).toBeGreaterThan(0);
      expect(await desk.services.archive.records.findBatch(id)).toEqual(ended);
      for (const { id: postId, status } of ended.posts) {
        expect(['cancelled', 'published']).toContain(status);
        expect(await desk.services.archive.records.findPost(postId)).toMatchObject({ status, batchId: id });
      }
      expect(ended.counts.cancelled).toBeGreaterThan(0);
      if (moment === 'published') expect(ended.counts.published).toBeGreaterThanOrEqual(2);
      // Whatever was started is listed, and nothing was begun after the cancel.
      const events = (await runsOf(id)).flat();
      const cancelled = events.findIndex((event) => event.workflowExecutionCancelRequestedEventAttributes);
      const starts = events.flatMap((event, index) =>
        event.startChildWorkflowExecutionInitiatedEventAttributes ? [index] : [],
      );
      expect(starts).toHaveLength(ended.posts.length);
      expect(Math.max(...starts)).toBeLessThan(cancelled);
      desk.standIns.control.set({ image: { latencyMs: 0 }, video: { latencyMs: 0 } });
    },
  );
});

const HUGE = 'x'.repeat(200_000);
/** What is no message at all, for any signal. */
const NONSENSE: readonly unknown[][] = [
  [],
  [null],
  ['approve'],
  [42],
  [true],
  [[]],
  [[{ by: 'mo' }]],
  [{}],
  [{ by: null }],
  [{ by: 7 }],
  [{ by: '  ' }],
  [{ by: ['mo'] }],
  [{ by: HUGE }],
  [{ [HUGE]: 1 }],
  [HUGE],
];

describe('messages that are none', () => {
  let id: string;
  let postId: string;
  beforeAll(async () => {
    ({ id: postId, batchId: id } = await desk.waitingPost());
  });

  it('leave a batch as it is', async () => {
    const before = await desk.batchStatus(id);
    const report = { id: postId, title: 'T', status: 'published', revision: 1, cost: 0, unknown: 0 };
    const wrongs = [{ id: 'notOneOfOurs' }, { status: 'splendid' }, { cost: '0' }, { title: { text: HUGE } }];
    const reports = wrongs.map((wrong) => ({ ...report, ...wrong }));
    const budgets = ['5', -1, null, [5], 1e12, {}].map((usd) => ({ by: 'mo', usd }));
    const approvals = [{ note: 5 }, { note: HUGE }, { publishAt: 'soon' }, { publishAt: 0 }];
    for (const args of NONSENSE)
      for (const name of ['approveAll', 'report', 'setBudget', 'pause', 'resume'])
        await desk.batch(id).signal(name, ...args);
    for (const one of reports) await desk.batch(id).signal('report', one);
    for (const one of [...budgets, { usd: 5 }]) await desk.batch(id).signal('setBudget', one);
    for (const one of approvals) await desk.batch(id).signal('approveAll', { by: 'mo', ...one });
    expect(await desk.batchStatus(id)).toEqual(before);
    expect((await desk.postStatus(postId)).review).toEqual([]);
  });

  it('do nothing beyond what is known of them, when they hold more', async () => {
    await desk.batch(id).signal('setBudget', { by: 'mo', usd: 12.5, currency: 'EUR', list: [HUGE] });
    expect(await desk.batchUntil(id, ({ budgetUsd }) => budgetUsd === 12.5)).not.toHaveProperty('currency');
    await desk.batch(id).signal('pause', { by: 'mo', until: 'tomorrow' });
    expect((await desk.batchStatus(id)).status).toBe('paused');
    await desk.batch(id).signal('resume', { by: 'mo', [HUGE]: null });
    expect((await desk.batchStatus(id)).status).toBe('running');
  });

  it('are dropped by a post, each with why on its record', async () => {
    const names = ['approve', 'reject', 'revise', 'edit', 'resume', 'cancel'];
    for (const args of NONSENSE) for (const name of names) await desk.post(postId).signal(name, ...args);
    const bad = [
      ['approve', { gate: 'garden' }, "gate must be 'media' or 'publish'"],
      ['approve', { revision: '1' }, 'revision must be a whole number of 1 or more'],
      [
        'approve',
        { publishAt: 'tomorrow' },
        "publishAt must be a time as ISO 8601 with its zone, 'now' or 'next'",
      ],
      ['approve', { note: HUGE }, 'note must be text of at most 4000 characters'],
      ['reject', { reason: HUGE }, 'reason must say why, in at most 4000 characters'],
      ['reject', { reason: [] }, 'reason must say why, in at most 4000 characters'],
      ['revise', { instructions: 5 }, 'instructions must say what to change, in at most 4000 characters'],
      ['revise', { instructions: 'x', redo: {} }, 'redo must be one of text, image, video, all'],
      ['revise', { instructions: 'x', redo: 'video' }, 'a hero_text has no video'],
      ['edit', { hashtags: 'a' }, 'hashtags must be at most 30 words of letters, digits and _, without #'],
      ['edit', { body: HUGE }, 'body must be text of 1 to 30000 characters'],
      [
        'edit',
        { colour: 'red' },
        'nothing to edit: name title, body, caption, hashtags or altText, or target and text',
      ],
      ['resume', { note: {} }, 'note must be text of at most 4000 characters'],
      ['cancel', { reason: null, by: 0 }, 'by must be text of 1 to 200 characters'],
      [
        'resume',
        { by: 'm\u0000o\ud800', then: HUGE },
        'there is nothing to mend: the post is not blocked but awaiting_approval',
      ],
    ] as const;
    for (const [name, message] of bad) await desk.post(postId).signal(name, { by: 'mo', ...message });

    const { status, revision, review } = await desk.postStatus(postId);
    expect({ status, revision }).toEqual({ status: 'awaiting_approval', revision: 1 });
    expect(review).toHaveLength(NONSENSE.length * names.length + bad.length);
    for (const { counted, by, note } of review) {
      expect(counted).toBe(false);
      expect(by.length).toBeLessThanOrEqual(200);
      expect(note).toMatch(/^dropped: .{5,100}$/);
    }
    expect(review.slice(-bad.length).map(({ decision, note }) => [decision, note])).toEqual(
      bad.map(([name, , why]) => [name, `dropped: ${why}`]),
    );
  });

  it('are refused as an update, which leaves nothing', async () => {
    const before = (await desk.postStatus(postId)).review.length;
    for (const [request] of NONSENSE) {
      const update = desk.post(postId).executeUpdate(reviewUpdate, { args: [request as ReviewRequest] });
      await expect(update).rejects.toMatchObject({ cause: { type: 'Review.Refused' } });
    }
    expect((await desk.postStatus(postId)).review).toHaveLength(before);
  });

  it('fill no record however many there are, and the post still ends by a decision', async () => {
    for (let count = 0; count < MOST_DROPPED; count += 1) await desk.post(postId).signal('approve', count);
    expect((await desk.postStatus(postId)).review).toHaveLength(MOST_DROPPED);
    await desk.post(postId).signal(approveSignal, { by: 'mo', revision: 1, more: [HUGE] } as never);
    const ended = await desk.postEnd(postId);
    expect(ended.status).toBe('published');
    expect(ended.review).toHaveLength(MOST_DROPPED + 1);
    expect(ended.review.at(-1)).toMatchObject({ decision: 'approve', by: 'mo', counted: true });
    expect(await desk.services.archive.records.findPost(postId)).toMatchObject({ status: 'published' });
    expect(await desk.batch(id).result()).toMatchObject({ status: 'done', budgetUsd: 12.5 });
  });
});
