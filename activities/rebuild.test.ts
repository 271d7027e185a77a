import { defaultPayloadConverter, WorkflowNotFoundError } from '@temporalio/common';
import { beforeEach, describe, expect, it } from 'vitest';
import { revisionIn } from '../contract/revision.js';
import type { BatchRecord, PostRecord } from '../services/archive/records/records.js';
import type { Archive } from '../services/archive/archive.js';
import { ArchiveUnreachable } from '../services/archive/postgres-pool.js';
import { batchRecord, charge, recordedEdition, postRecord } from '../services/archive/sample-records.js';
import type { Services } from '../services/services.js';
import { createRebuild, type RebuildPage, type RebuiltPage } from './rebuild.js';
import { readRun, type KnownEvent } from './rebuild-history.js';
import { surroundings } from './testing/stage.js';
import { FEED } from '../contract/targets/target.js';

const batch = batchRecord('Zr4hK8vYp1Nc', 'ash');
const post = postRecord('UpkTZ26nc9Eb', batch);
const [POST, BATCH] = ['post/UpkTZ26nc9Eb', 'batch/Zr4hK8vYp1Nc'];
const batchInput = { ...batch.status, account: batch.account, budget: 2_000_000_000 };
const postInput = { ...post.status, account: batch.account, budget: 2_000_000_000 };
const task = { target: FEED, edition: recordedEdition(post) };
const publication = { target: 'feed', url: 'https://example.com', at: '2026-11-24T10:00:00.000Z' };
const word = (sequence: number) => ({ postId: 'UpkTZ26nc9Eb', account: 'ash', sequence });
const AT = '2027-03-01T09:00:00.000Z';

describe('what a history tells', () => {
  type Event = Omit<KnownEvent, 'id'>;
  /** Of events that are numbered as a history's are. */
  const read = (...list: Event[]) => readRun(list.map((event, index) => ({ id: index + 1, ...event })));
  const scheduled = (activity: string, input: unknown): Event => ({ scheduled: { activity, input } });
  const completed = (of: number, result?: unknown): Event => ({ completed: { scheduled: of, result } });
  const record = (sequence: number) => scheduled('recordPost', { ...post, sequence });

  it('is the newest record, whatever the order, also one that was still to be written', () => {
    const { input, record: found } = read({ started: ['input'] }, record(1), record(3), record(2));
    expect(input).toEqual(['input']);
    expect(found?.sequence).toBe(3);
  });

  it('is each charge that a paid call answered with, and none of others', () => {
    const [draft, picture, lost] = [charge('draft'), charge('hero_image'), charge('video')];
    const results = [
      { charges: [draft] },
      { asset: 'a.png', charges: [picture] },
      { requestId: null, charge: lost },
      { requestId: 'req_1', charge: null },
      ...[undefined, null, 'req_1'],
    ];
    const { charges } = read(scheduled('draft', {}), ...results.map((result) => completed(1, result)));
    expect(charges).toEqual([draft, picture, lost]);
  });
});

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
let batches: BatchRecord[];
let posts: PostRecord[];
let published: unknown[];
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
    savePublication: async (...out: unknown[]) => void published.push(out),
  },
  slots: {
    takeAt: async (...taken: unknown[]) => void placed.push(taken),
    giveBack: async (...back: unknown[]) => void placed.push(back),
  },
  ledger: { settle: async (settlement: unknown) => void settled.push(settlement) },
} as unknown as Archive;

const rebuildPage = (workflow: RebuildPage['workflow']): Promise<RebuiltPage> =>
  surroundings({}, client).run(createRebuild({ archive } as Services).rebuildPage, { workflow, token: null });
const skipped = async (workflow: RebuildPage['workflow']) => (await rebuildPage(workflow)).skipped;

beforeEach(() => {
  [histories, statuses, answers] = [new Map(), new Map(), new Map()];
  [batches, posts, published, settled, placed, refuse] = [[], [], [], [], [], null];
});

describe('a page of posts', () => {
  const recorded = scheduled('recordPost', post);
  const tells = (...events: object[]): void => void histories.set(POST, [started(postInput), ...events]);
  const paid = charge('draft');
  const drafted = [scheduled('draft', {}), completed(2, { charges: [paid] })];

  it('is written: record, publication and what was paid since', async () => {
    const tried = scheduled('publish', task);
    tells(...drafted, recorded, tried, tried, completed(6, { outcome: 'published', ...publication }));
    batches.push(batch);
    const token = Buffer.from('more').toString('base64');
    expect(await rebuildPage('post')).toEqual({ records: 1, publications: 1, skipped: [], token });
    const seen = { ...revisionIn(post.status), sequence: 1 };
    expect(posts).toEqual([{ ...post, revisions: [seen] }]);
    const payer = { account: 'ash', planner: 'inference', batchId: 'Zr4hK8vYp1Nc', postId: 'UpkTZ26nc9Eb' };
    expect(settled).toEqual([{ payer, charges: [paid] }]);
    expect(published).toEqual([[task.edition, publication]]);
    expect(batches).toEqual([batch]);
  });

  it('has the last word on its slot that the archive has heard', async () => {
    const take = (sequence: number) => scheduled('takeSlot', { ...word(sequence), week: {}, named: null });
    const taken = [take(1), completed(2, 'earlier'), take(2), completed(4, AT)];
    batches.push(batch);
    tells(...taken, take(3), recorded);
    await rebuildPage('post');
    tells(...taken, scheduled('giveBackSlot', word(3)), completed(6, undefined), recorded);
    await rebuildPage('post');
    expect(placed).toEqual([[word(2), AT], [word(3)]]);
  });

  it('makes a batch for a post whose own Temporal has forgotten, and says what it is', async () => {
    tells(recorded);
    await rebuildPage('post');
    const status = { id: 'Zr4hK8vYp1Nc', status: 'failed', error: { type: 'Batch.Forgotten' } };
    expect(batches).toMatchObject([{ sequence: 0, account: { handle: 'ash' }, status }]);
  });

  it('takes what was paid from a run that was taken over before it wrote a record, and does not miss one', async () => {
    tells(...drafted);
    statuses.set(POST, 6);
    expect(await rebuildPage('post')).toMatchObject({ records: 0, skipped: [] });
    expect(settled).toMatchObject([{ charges: [paid] }]);
  });

  it('names what it can not read or write, and goes on', async () => {
    histories.set('post/another', [started({ id: 'x' })]);
    histories.set('post/forgotten', new WorkflowNotFoundError('gone', 'post/forgotten', 'run'));
    histories.set('post/YoungPost001', [started({ ...postInput, id: 'YoungPost001' })]);
    tells(recorded);
    const page = await rebuildPage('post');
    expect(page.records).toBe(1);
    const young = 'it has no record yet: it writes one when it waits, stops or ends';
    expect(page.skipped).toEqual([
      { id: 'post/another', reason: 'its input is not that of a post' },
      { id: 'post/forgotten', reason: 'Temporal forgot its history in the meantime' },
      { id: 'post/YoungPost001', reason: young },
    ]);
  });

  it('names a record that the archive refuses', async () => {
    tells(recorded);
    refuse = Object.assign(new Error('value too long\nfor it'), { code: '22001' });
    expect(await skipped('post')).toEqual([{ id: POST, reason: 'value too long for it' }]);
  });

  it('fails, to be tried again, when the archive or Temporal is away', async () => {
    tells(recorded);
    refuse = new ArchiveUnreachable('at 127.0.0.1:1', new Error('ECONNREFUSED'));
    await expect(rebuildPage('post')).rejects.toThrow(ArchiveUnreachable);
    histories.set(POST, new Error('14 UNAVAILABLE'));
    await expect(rebuildPage('post')).rejects.toThrow('14 UNAVAILABLE');
  });
});

describe('a page of batches', () => {
  it('asks a batch whose record Temporal has forgotten, and keeps what its runs handed on', async () => {
    const charges = [charge('plan', { key: 'p1' })];
    histories.set(BATCH, [started(batchInput, { recorded: 4, plan: { pages: [{ charges }] } })]);
    answers.set(BATCH, batch.status);
    expect((await rebuildPage('batch')).records).toBe(1);
    expect(batches).toEqual([{ sequence: 4, status: batch.status, account: batch.account, charges }]);
    await rebuildPage('batch');
    expect(batches).toHaveLength(1);
  });

  it('names a batch that wrote nothing and does not answer', async () => {
    histories.set(BATCH, [started(batchInput)]);
    const reason = 'it wrote no record and does not answer: no poller';
    expect(await skipped('batch')).toEqual([{ id: BATCH, reason }]);
  });
});
