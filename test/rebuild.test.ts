import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAccount } from '../config/accounts/load.js';
import { Copydesk } from '../client/copydesk.js';
import { inProcess } from '../command/testing/in-process.js';
import { batchWorkflowId, newId, postWorkflowId } from '../contract/ids.js';
import { postStatusQuery } from '../contract/messages.js';
import type { Mix } from '../contract/mix.js';
import type { Rebuilt } from '../contract/rebuild.js';
import { SEARCH_ATTRIBUTE_KEYS } from '../contract/search-attributes.js';
import { unpublishWorkflowId } from '../contract/unpublish.js';
import { readSettings, type Environment } from '../config/settings.js';
import type { BatchStatus } from '../contract/status.js';
import { startStandIns, type StandIns } from '../offline/stand-ins.js';
import type { ArchiveLine } from '../services/archive/transfer/transfer.js';
import type { Archive } from '../services/archive/archive.js';
import { createWorkers } from '../workers/create-workers.js';
import { openServices } from '../workers/open-services.js';
import { openStores } from '../workers/open-stores.js';
import { allWaiting } from './harness.js';
import { startLocalServer } from './local-server.js';
import { borrowDatabase } from './servers/borrow.js';
import { keepQuiet } from './quiet.js';
import { until } from './until.js';

/** A worker over an archive of its own. */
interface Shift {
  readonly archive: Archive;
  end(): Promise<void>;
}

let data: string;
let temporal: TestWorkflowEnvironment;
let standIns: StandIns;
let copydesk: Copydesk;
let env: Environment;
let shift: Shift | undefined;

beforeAll(async () => {
  keepQuiet();
  data = await mkdtemp(join(tmpdir(), 'copydesk-rebuild-'));
  // So few that a batch and the rebuilding itself continue as new.
  const extraArgs = ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=40'];
  temporal = await startLocalServer({ searchAttributes: SEARCH_ATTRIBUTE_KEYS, extraArgs });
  standIns = await startStandIns({ folder: join(data, 'stand-ins'), media: 'plain' });
  standIns.control.set({ openai: { latencyMs: 0 }, image: { latencyMs: 0 }, video: { latencyMs: 0 } });
  env = {
    COPYDESK_DATA: data,
    TEMPORAL_ADDRESS: temporal.address,
    // As if they were the real ones: what they bill counts.
    OPENAI_API_KEY: 'test',
    OPENAI_BASE_URL: standIns.openAiBaseUrl,
    OPENAI_API: 'responses',
    OPENAI_PRICE: 'table',
    FAL_KEY: 'test',
    FAL_BASE_URL: standIns.falBaseUrl,
  };
  copydesk = await Copydesk.connect({ settings: readSettings(env), env });
}, 120_000);
afterAll(async () => {
  await copydesk?.close();
  await shift?.end();
  await standIns?.close();
  await temporal?.teardown();
  await rm(data, { recursive: true, force: true });
}, 60_000);

/** Has the worker that runs now replaced by one over an empty archive. */
async function emptyArchive(): Promise<Archive> {
  await shift?.end();
  const settings = readSettings({ ...env, DATABASE_URL: await borrowDatabase() });
  const stores = await openStores(settings, () => undefined);
  const { services } = await openServices(settings, stores);
  const { nativeConnection: connection } = temporal;
  const worker = await createWorkers({ connection, namespace: 'default', services });
  const running = worker.run();
  shift = {
    archive: stores.archive,
    async end() {
      shift = undefined;
      worker.shutdown();
      await running;
      await stores.archive.close();
    },
  };
  return stores.archive;
}

async function startBatch(mix: Mix): Promise<string> {
  const account = await loadAccount('accounts', 'ashtalksai');
  const planner = 'foundation_models_and_inference_economics';
  const id = newId((max) => randomInt(max));
  await copydesk.batches.start({ id, account, planner, mix, budgetUsd: 50 });
  return id;
}

const batchUntil = (id: string, wanted: (status: BatchStatus) => boolean): Promise<BatchStatus> =>
  until(() => copydesk.batches.status(id), wanted);

async function linesOf(archive: Archive): Promise<ArchiveLine[]> {
  const lines: ArchiveLine[] = [];
  for await (const line of archive.transfer.dump()) lines.push(line);
  return lines;
}

/** What people see of an archive, but since when a post is as it is: that is when the archive heard of it. */
async function seen(archive: Archive, batchIds: readonly string[]) {
  const { posts } = await archive.records.listPosts({ limit: 100 });
  return {
    batches: await Promise.all(batchIds.map((id) => archive.records.findBatch(id))),
    lists: [await archive.records.listBatches(), posts.map(({ since: _since, ...post }) => post)],
    posts: await Promise.all(posts.map(({ id }) => archive.records.findPost(id))),
    revisions: await Promise.all(posts.map(({ id }) => archive.records.listRevisions(id))),
    charges: await Promise.all(batchIds.map((batchId) => archive.ledger.listCharges({ batchId }))),
    costs: [await archive.ledger.sumCosts({ by: 'step' }), await archive.ledger.sumCosts({ by: 'account' })],
    feed: await archive.records.listPublishedPosts('ashtalksai', { limit: 50 }),
    accounts: await archive.records.listAccounts(),
  };
}

/** Batches, the first of which goes on, and what people saw of them and of their posts before anything was lost. */
let ids: string[];
let before: Awaited<ReturnType<typeof seen>>;
let exported: ArchiveLine[];
let waiting: string;
let blocked: string;

beforeAll(async () => {
  const archive = await emptyArchive();
  standIns.control.fail({ on: 'submit', kind: 'status', status: 401 });
  standIns.control.fail({ on: 'openai', kind: 'off-style', match: '^draft' });
  const open = await startBatch({ hero_text: 6 });
  const { posts } = await batchUntil(
    open,
    ({ counts }) => counts.blocked === 1 && counts.awaiting_approval === 5,
  );
  blocked = posts.find((post) => post.status === 'blocked')?.id ?? '';
  const [published, rejected, cancelled, kept, killed] = posts
    .filter((post) => post.status === 'awaiting_approval')
    .map((post) => post.id) as [string, string, string, string, string];
  waiting = kept;
  await until(
    () => archive.records.findPost(killed),
    (post) => post !== null,
  );
  await copydesk.posts.review(published, { decision: 'approve', by: 'mo' });
  await copydesk.posts.review(rejected, { decision: 'reject', by: 'mo', reason: 'off topic' });
  await copydesk.posts.review(cancelled, { decision: 'cancel', by: 'mo' });
  await temporal.client.workflow.getHandle(postWorkflowId(killed)).terminate('by a person');
  await batchUntil(open, ({ counts }) => counts.published === 1 && counts.rejected === 1);
  const closed = await startBatch({ hero_text: 1, video: 1 });
  await batchUntil(closed, allWaiting(2));
  await copydesk.batches.approveAll(closed, { by: 'mo' });
  await temporal.client.workflow.getHandle(batchWorkflowId(closed)).result();
  ids = [open, closed];
  await copydesk.posts.review(published, { decision: 'edit', by: 'mo', title: 'Edited once it was out' });
  const [takenBack] = (await copydesk.batches.status(closed)).posts;
  await copydesk.posts.unpublish(takenBack?.id ?? '', { by: 'mo', reason: 'wrong figures' });
  await temporal.client.workflow.getHandle(unpublishWorkflowId(takenBack?.id ?? '')).result();
  for (const id of [published, rejected, cancelled])
    await temporal.client.workflow.getHandle(postWorkflowId(id)).result();
  before = await until(
    () => seen(archive, ids),
    ({ posts: found }) =>
      found.filter((post) => post?.status === 'awaiting_approval').length === 2 &&
      found.some((post) => post?.status === 'blocked'),
  );
  exported = await linesOf(archive);
  // What is none of ours, and what is no post although it is named like one.
  const start = (workflowId: string): Promise<unknown> =>
    temporal.client.workflow.start('post', { workflowId, taskQueue: 'nobody', args: [{ id: 'other' }] });
  await start('somebody-else');
  await start('post/NotAPostHere');
}, 180_000);

it('there are posts in every kind of state', () => {
  const states = before.posts.map((post) => post?.status).sort();
  expect(states).toEqual([
    ...['awaiting_approval', 'awaiting_approval', 'blocked', 'cancelled'],
    ...['published', 'published', 'rejected', 'unpublished'],
  ]);
  expect(before.costs[0]?.total.costUsd).toBeGreaterThan(0.5);
});

describe('an archive that was exported and imported', () => {
  let archive: Archive;
  beforeAll(async () => {
    archive = await emptyArchive();
    await archive.transfer.load(exported);
  }, 120_000);

  it('is the same, line by line', async () => {
    expect(await seen(archive, ids)).toEqual(before);
    expect(await linesOf(archive)).toEqual(exported);
  });

  it('is whole: rebuilding it changes nothing', async () => {
    await copydesk.rebuildArchive();
    expect(await linesOf(archive)).toEqual(exported);
  });
});

describe('an archive that was lost', () => {
  let after: typeof before;
  let archive: Archive;
  let rebuilt: Rebuilt;
  beforeAll(async () => {
    archive = await emptyArchive();
    rebuilt = await copydesk.rebuildArchive();
  }, 120_000);

  it('is counted, and what is no record of ours is named or left alone', () => {
    expect(rebuilt).toEqual({
      batches: 2,
      posts: 8,
      publications: 3,
      skipped: [{ id: 'post/NotAPostHere', reason: 'its input is not that of a post' }],
    });
  });

  it('has its documents, charges, costs and publications back, and of a batch that goes on its newest state', async () => {
    const newest = await copydesk.batches.status(String(ids[0]));
    after = { ...before, batches: [newest, ...before.batches.slice(1)] };
    expect(await seen(archive, ids)).toEqual(after);
  });

  it('stays as it is when it is rebuilt again, by the command', async () => {
    const { code, stdout } = await inProcess(['archive', 'rebuild', '--json'], env as Record<string, string>);
    expect({ code, document: JSON.parse(stdout) as Rebuilt }).toEqual({ code: 0, document: rebuilt });
    expect(await seen(archive, ids)).toEqual(after);
    const human = await inProcess(['archive', 'rebuild'], env as Record<string, string>);
    expect(human.stdout).toBe(
      'In the archive: 2 batches, 8 posts, 3 publications; 1 skipped.\n' +
        'skipped post/NotAPostHere: its input is not that of a post\n',
    );
  });

  it('goes on with the posts that wait and are blocked', async () => {
    await copydesk.posts.review(waiting, { decision: 'approve', by: 'mo' });
    const handle = temporal.client.workflow.getHandle(postWorkflowId(waiting));
    await handle.result();
    const published = await handle.query(postStatusQuery);
    expect(published).toMatchObject({ status: 'published' });
    expect(await archive.records.findPost(waiting)).toEqual(published);
    expect(await archive.records.findPublishedPost(waiting)).not.toBeNull();
    await copydesk.posts.review(blocked, { decision: 'resume', by: 'mo' });
    await until(
      () => archive.records.findPost(blocked),
      (post) => post?.status === 'awaiting_approval',
    );
  });
});
