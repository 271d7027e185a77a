/** What posts and batches leave in Temporal's histories, and what Temporal Cloud would bill, listed one by one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHarness, type Harness } from './harness.js';
import { ITS_BATCH, listRun, sumOf, type Listed } from './lean/actions.js';
import { until } from './until.js';

let desk: Harness;
let batch: Listed;
const posts: Record<string, Listed> = {};

beforeAll(async () => {
  desk = await startHarness({}, { media: 'plain' });
  const batchId = await desk.startBatch({ hero_text: 4, video: 1 });
  const waiting = await desk.batchUntil(batchId, ({ counts }) => counts.awaiting_approval === 5);
  for (const { id, contentFormat } of waiting.posts) {
    await until(
      () => desk.services.archive.records.findPost(id),
      (post) => post?.status === 'awaiting_approval',
    );
    await desk.review(id, { decision: 'approve', by: 'mo' });
    await desk.postEnd(id);
    posts[contentFormat] = await listRun(desk.post(id));
  }
  await desk.batchUntil(batchId, ({ status }) => status === 'done');
  batch = await listRun(desk.batch(batchId));
}, 120_000);
afterAll(() => desk?.close());

/** Without the workflow's own turns, whose number is a matter of timing where several words come together. */
const beside = (counts: Listed['counts']): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(counts).filter(([name]) => !name.startsWith('WorkflowTask')));

/** As many as there are with a worker that answers in time: a task that it missed stands in the history twice, and is no matter of ours. */
const eventsOf = (counts: Listed['counts']): number =>
  sumOf(beside(counts)) + 3 * (counts.WorkflowTaskCompleted ?? 0);

describe('a hero_text post that is approved at once', () => {
  it('has these billable actions, 13 with those in its batch', () => {
    const { actions } = posts.hero_text!;
    expect(actions).toEqual({
      'ActivityTaskScheduled draft': 1,
      'ActivityTaskScheduled submit': 1,
      'ActivityTaskScheduled collect': 1,
      'ActivityTaskScheduled publish': 1,
      'ActivityTaskScheduled recordPost': 2,
      UpsertWorkflowSearchAttributes: 2,
      WorkflowExecutionUpdateAccepted: 1,
    });
    expect(sumOf(actions) + ITS_BATCH).toBe(13);
  });

  it('has these events, 48 at most', () => {
    const { counts } = posts.hero_text!;
    expect(beside(counts)).toEqual({
      WorkflowExecutionStarted: 1,
      'ActivityTaskScheduled draft': 1,
      'ActivityTaskScheduled submit': 1,
      'ActivityTaskScheduled collect': 1,
      'ActivityTaskScheduled publish': 1,
      'ActivityTaskScheduled recordPost': 2,
      ActivityTaskStarted: 6,
      ActivityTaskCompleted: 6,
      UpsertWorkflowSearchAttributes: 2,
      WorkflowExecutionUpdateAccepted: 1,
      WorkflowExecutionUpdateCompleted: 1,
      WorkflowExecutionCompleted: 1,
    });
    expect(counts.WorkflowTaskCompleted).toBeLessThanOrEqual(8);
    expect(eventsOf(counts)).toBeLessThanOrEqual(48);
  });
});

it('a video has two jobs more and the upload of its frame', () => {
  const { actions, counts } = posts.video!;
  expect(actions).toEqual({
    ...posts.hero_text!.actions,
    'ActivityTaskScheduled submit': 2,
    'ActivityTaskScheduled collect': 2,
    'ActivityTaskScheduled uploadFrame': 1,
  });
  expect(beside(counts)).toEqual({
    ...beside(posts.hero_text!.counts),
    'ActivityTaskScheduled submit': 2,
    'ActivityTaskScheduled collect': 2,
    'ActivityTaskScheduled uploadFrame': 1,
    ActivityTaskStarted: 9,
    ActivityTaskCompleted: 9,
  });
  expect(eventsOf(counts)).toBeLessThanOrEqual(66);
});

describe('a batch of 5', () => {
  it('has these billable actions beside those of its posts', () => {
    const { actions } = batch;
    expect(actions).toMatchObject({
      WorkflowExecutionStarted: 1,
      'ActivityTaskScheduled plan': 1,
      StartChildWorkflowExecutionInitiated: 10,
      'WorkflowExecutionSignaled report': 10,
      TimerStarted: 1,
    });
    expect(actions['ActivityTaskScheduled recordBatch']).toBeLessThanOrEqual(3);
    expect(sumOf(actions)).toBeLessThanOrEqual(26);
  });

  it('has these events beside its turns, whose number is a matter of timing, each report once, and under 100 KB', () => {
    const { counts, bytes } = batch;
    const records = counts['ActivityTaskScheduled recordBatch'] ?? 0;
    expect(records).toBeLessThanOrEqual(3);
    expect(beside(counts)).toEqual({
      WorkflowExecutionStarted: 1,
      'ActivityTaskScheduled plan': 1,
      'ActivityTaskScheduled recordBatch': records,
      ActivityTaskStarted: 1 + records,
      ActivityTaskCompleted: 1 + records,
      StartChildWorkflowExecutionInitiated: 5,
      ChildWorkflowExecutionStarted: 5,
      ChildWorkflowExecutionCompleted: 5,
      'WorkflowExecutionSignaled report': 10,
      TimerStarted: 1,
      WorkflowExecutionCompleted: 1,
    });
    expect(counts.WorkflowTaskFailed).toBeUndefined();
    expect(bytes).toBeLessThan(100_000);
  });
});
