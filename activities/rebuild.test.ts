import { defaultPayloadConverter, WorkflowNotFoundError } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { beforeEach, describe, expect, it } from 'vitest';
import { revisionIn } from '../contract/revision.js';
import type { BatchRecord, PostRecord } from '../services/archive/records/records.js';
import type { Archive } from '../services/archive/archive.js';
import { ArchiveUnreachable } from '../services/archive/postgres-pool.js';
import { batchRecord, charge, edition, postRecord } from '../services/archive/sample-records.js';
import type { Services } from '../services/services.js';
import { createRebuild, type RebuildPage, type RebuiltPage } from './rebuild.js';

const batch = batchRecord('Zr4hK8vYp1Nc', 'ash');
const post = postRecord('UpkTZ26nc9Eb', batch);
const batchInput = { ...batch.status, account: batch.account, budget: 2_000_000_000 };
const postInput = { ...post.status, account: batch.account, budget: 2_000_000_000 };

const payloads = (...values: unknown[]) => ({
  payloads: values.map((value) => defaultPayloadConverter.toPayload(value)),
});
const started = (...input: unknown[]) => ({
  workflowExecutionStartedEventAttributes: { input: payloads(...input) },
});
const scheduled = (name: string, input: unknown) => ({
  activityTaskScheduledEventAttributes: { activityType: { name }, input: payloads(input) },
});
const completed = (scheduledEventId: number, result: unknown) => ({
  activityTaskCompletedEventAttributes: { scheduledEventId, result: payloads(result) },
});

/** What Temporal knows: the histories by workflow id, and what queries answer. */
let histories: Map<string, object[] | Error>;
let statuses: Map<string, number>;
let answers: Map<string, unknown>;
/** What the archive was given. */
let batches: BatchRecord[];
let posts: PostRecord[];
let settled: unknown[];
let placed: unknown[];
let refuse: Error | null;

const client = {
  options: {
    namespace: 'default',
    loadedDataConverter: { payloadConverter: defaultPayloadConverter, payloadCodecs: [] },
  },
  withAbortSignal: (_signal: AbortSignal, call: () => unknown) => call(),
  withDeadline: (_deadline: number, call: () => unknown) => call(),
  workflowService: {
    listWorkflowExecutions: ({ query }: { query: string }) => ({
      executions: [...histories.keys()]
        .filter((id) => query === `WorkflowType = '${id.split('/')[0]}'`)
        .map((workflowId) => ({
          execution: { workflowId, runId: 'run' },
          status: statuses.get(workflowId) ?? 1,
        })),
      nextPageToken: Buffer.from('more'),
    }),
  },
  workflow: {
    getHandle: (id: string) => ({
      async fetchHistory() {
        const events = histories.get(id);
        if (events instanceof Error) throw events;
        return { events: events?.map((event, index) => ({ eventId: index + 1, ...event })) };
      },
      async query() {
        if (!answers.has(id)) throw new Error('no poller');
        return answers.get(id);
      },
    }),
  },
};

const archive = {
  records: {
    findBatch: async (id: string) => batches.find(({ status }) => status.id === id)?.status ?? null,
    saveBatch: async (record: BatchRecord) => void batches.push(record),
    savePost: async (record: PostRecord) => {
      if (refuse) throw refuse;
      posts.push(record);
    },
    savePublication: async () => undefined,
  },
  slots: {
    takeAt: async (...word: unknown[]) => void placed.push(word),
    giveBack: async (...word: unknown[]) => void placed.push(word),
  },
  ledger: { settle: async (settlement: unknown) => void settled.push(settlement) },
} as unknown as Archive;

const rebuildPage = (workflow: RebuildPage['workflow']): Promise<RebuiltPage> =>
  new MockActivityEnvironment({}, { client: client as never, logger: new DefaultLogger('ERROR') }).run(
    createRebuild({ archive } as Services).rebuildPage,
    { workflow, token: null },
  );

beforeEach(() => {
  [histories, statuses, answers] = [new Map(), new Map(), new Map()];
  [batches, posts, settled, placed, refuse] = [[], [], [], [], null];
});

describe('a page of posts', () => {
  it('is written: record, publication and what was paid since', async () => {
    const paid = charge('draft');
    const publish = { target: 'feed', edition: edition(post) };
    histories.set('post/UpkTZ26nc9Eb', [
      started(postInput),
      scheduled('draft', {}),
      completed(2, { charges: [paid] }),
      scheduled('recordPost', post),
      scheduled('publish', publish),
      completed(5, { target: 'feed', url: 'https://example.com', at: '2026-11-24T10:00:00.000Z' }),
    ]);
    batches.push(batch);
    expect(await rebuildPage('post')).toEqual({
      records: 1,
      publications: 1,
      skipped: [],
      token: Buffer.from('more').toString('base64'),
    });
    const seen = { ...revisionIn(post.status), sequence: 1 };
    expect(posts).toEqual([{ ...post, revisions: [seen] }]);
    const payer = { account: 'ash', planner: 'inference', batchId: 'Zr4hK8vYp1Nc', postId: 'UpkTZ26nc9Eb' };
    expect(settled).toEqual([{ payer, charges: [paid] }]);
    expect(batches).toEqual([batch]);
  });

  it('has the slot that the archive was told of', async () => {
    const word = { postId: 'UpkTZ26nc9Eb', account: 'ash', sequence: 2 };
    const at = '2027-03-01T09:00:00.000Z';
    const take = [scheduled('takeSlot', { ...word, week: {}, named: null }), completed(2, at)];
    batches.push(batch);
    histories.set('post/UpkTZ26nc9Eb', [started(postInput), ...take, scheduled('recordPost', post)]);
    await rebuildPage('post');
    const back = [scheduled('giveBackSlot', { ...word, sequence: 3 }), completed(4, undefined)];
    histories.set('post/UpkTZ26nc9Eb', [started(postInput), ...take, ...back, scheduled('recordPost', post)]);
    await rebuildPage('post');
    expect(placed).toEqual([[word, at], [{ ...word, sequence: 3 }]]);
  });

  it('makes a batch for a post whose own Temporal has forgotten, and says what it is', async () => {
    histories.set('post/UpkTZ26nc9Eb', [started(postInput), scheduled('recordPost', post)]);
    await rebuildPage('post');
    expect(batches).toMatchObject([
      {
        sequence: 0,
        account: { handle: 'ash' },
        status: { id: 'Zr4hK8vYp1Nc', status: 'failed', error: { type: 'Batch.Forgotten' } },
      },
    ]);
  });

  it('takes what was paid from a run that was taken over before it wrote a record, and does not miss one', async () => {
    const paid = charge('draft');
    histories.set('post/UpkTZ26nc9Eb', [
      started(postInput),
      scheduled('draft', {}),
      completed(2, { charges: [paid] }),
    ]);
    statuses.set('post/UpkTZ26nc9Eb', 6);
    expect(await rebuildPage('post')).toMatchObject({ records: 0, skipped: [] });
    expect(settled).toMatchObject([{ charges: [paid] }]);
  });

  it('names what it can not read or write, and goes on', async () => {
    histories.set('post/another', [started({ id: 'x' })]);
    histories.set('post/forgotten', new WorkflowNotFoundError('gone', 'post/forgotten', 'run'));
    histories.set('post/YoungPost001', [started({ ...postInput, id: 'YoungPost001' })]);
    histories.set('post/UpkTZ26nc9Eb', [started(postInput), scheduled('recordPost', post)]);
    const { records, skipped } = await rebuildPage('post');
    expect(records).toBe(1);
    expect(skipped).toEqual([
      { id: 'post/another', reason: 'its input is not that of a post' },
      { id: 'post/forgotten', reason: 'Temporal forgot its history in the meantime' },
      {
        id: 'post/YoungPost001',
        reason: 'it has no record yet: it writes one when it waits, stops or ends',
      },
    ]);
  });

  it('names a record that the archive refuses', async () => {
    histories.set('post/UpkTZ26nc9Eb', [started(postInput), scheduled('recordPost', post)]);
    refuse = Object.assign(new Error('value too long\nfor it'), { code: '22001' });
    expect((await rebuildPage('post')).skipped).toEqual([
      { id: 'post/UpkTZ26nc9Eb', reason: 'value too long for it' },
    ]);
  });

  it('fails, to be tried again, when the archive or Temporal is away', async () => {
    histories.set('post/UpkTZ26nc9Eb', [started(postInput), scheduled('recordPost', post)]);
    refuse = new ArchiveUnreachable('at 127.0.0.1:1', new Error('ECONNREFUSED'));
    await expect(rebuildPage('post')).rejects.toThrow(ArchiveUnreachable);
    histories.set('post/UpkTZ26nc9Eb', new Error('14 UNAVAILABLE'));
    await expect(rebuildPage('post')).rejects.toThrow('14 UNAVAILABLE');
  });
});

describe('a page of batches', () => {
  const carried = { recorded: 4, plan: { pages: [{ charges: [charge('plan', { key: 'p1' })] }] } };

  it('counts a batch of many runs once', async () => {
    histories.set('batch/Zr4hK8vYp1Nc', [started(batchInput), scheduled('recordBatch', batch)]);
    statuses.set('batch/Zr4hK8vYp1Nc', 6);
    expect(await rebuildPage('batch')).toMatchObject({ records: 0, publications: 0, skipped: [] });
    expect(batches).toEqual([batch]);
  });

  it('asks a batch whose record Temporal has forgotten, and keeps what its runs handed on', async () => {
    histories.set('batch/Zr4hK8vYp1Nc', [started(batchInput, carried)]);
    answers.set('batch/Zr4hK8vYp1Nc', batch.status);
    expect((await rebuildPage('batch')).records).toBe(1);
    const { charges } = carried.plan.pages[0]!;
    expect(batches).toEqual([{ sequence: 4, status: batch.status, account: batch.account, charges }]);
    await rebuildPage('batch');
    expect(batches).toHaveLength(1);
  });

  it('names a batch that wrote nothing and does not answer', async () => {
    histories.set('batch/Zr4hK8vYp1Nc', [started(batchInput)]);
    expect((await rebuildPage('batch')).skipped).toEqual([
      { id: 'batch/Zr4hK8vYp1Nc', reason: 'it wrote no record and does not answer: no poller' },
    ]);
  });
});
