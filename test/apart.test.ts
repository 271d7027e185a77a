/** One slow thing delays only itself: a held account, a slow receiver of webhooks, drafts that come to no end. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { RECEIVER_SHARE } from '../activities/webhook.js';
import { QUEUE_NAMES, QUEUES } from '../contract/task-queues.js';
import { WEBHOOK_WORKFLOW, webhookWorkflowId } from '../contract/webhooks.js';
import { moneyOf } from '../services/archive/locks.js';
import { payerOf, request } from '../services/archive/ledger/testing/requests.js';
import { createWorkers } from '../workers/create-workers.js';
import { accountWith } from './batch-input.js';
import { ask, drawId, openAccounts, type AccountsFolder } from './chat/talk.js';
import { startHarness, type Harness } from './harness.js';
import { borrowArchiveDatabase } from './servers/borrow.js';
import { startReceiver, type Receiver } from './webhooks/receiver.js';

const VARIABLE = 'TEST_APART_SECRET';
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

let desk: Harness;
let accounts: AccountsFolder;
let receiver: Receiver;
let databaseUrl: string;
beforeAll(async () => {
  vi.stubEnv(VARIABLE, SECRET);
  receiver = await startReceiver(SECRET);
  accounts = await openAccounts();
  databaseUrl = await borrowArchiveDatabase();
  desk = await startHarness(
    {
      ...{ DATABASE_URL: databaseUrl, COPYDESK_DATABASE_CONNECTIONS: '4' },
      ...{ COPYDESK_ALLOW_PRIVATE: '1', COPYDESK_ACCOUNTS: accounts.path },
    },
    { media: 'plain' },
  );
}, 120_000);
afterAll(async () => {
  await desk?.close();
  await receiver?.close();
  await accounts?.remove();
  vi.unstubAllEnvs();
}, 60_000);

const approve = (id: string) => desk.review(id, { decision: 'approve', by: 'mo' });

it("an account's money that a lost machine holds delays that account alone", async () => {
  const { id } = await desk.waitingPost();
  const machine = new pg.Client({ connectionString: databaseUrl });
  await machine.connect();
  await machine.query('begin');
  await machine.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [moneyOf('held')]);
  const { account } = await accountWith({ handle: 'held' });
  const held = await desk.startBatch({ hero_text: 1 }, { account });
  const { ledger } = desk.services.archive;
  let isOver = false;
  /** As a crowd of posts of that account would ask. */
  const crowd = Array.from({ length: 40 }, async () => {
    while (!isOver) await ledger.reserve(request(payerOf('held'), 1)).catch(() => undefined);
  });
  await approve(id);
  expect((await desk.postEnd(id)).status).toBe('published');
  await desk.waitingPost();
  expect((await desk.batchStatus(held)).status).toBe('planning');
  isOver = true;
  await machine.end();
  await Promise.all(crowd);
  await desk.batchUntil(held, ({ counts }) => counts.awaiting_approval === 1);
}, 120_000);

it('a receiver that does not answer has its share of the places, and posts are published meanwhile', async () => {
  const { id } = await desk.waitingPost();
  let answerAll = (_code: number): void => undefined;
  const late = new Promise<number>((resolve) => (answerAll = resolve));
  receiver.answer = () => late;
  const { client, services } = desk;
  const ids = Array.from({ length: 60 }, (_, at) => `msg_${String(at).padStart(24, '0')}`);
  for (const delivery of ids) {
    await services.archive.deliveries.add({
      ...{ id: delivery, url: receiver.url, account: 'held', secretVariable: VARIABLE, type: 'post.blocked' },
      ...{ postId: null, batchId: 'Zr4hK8vYp1Nc', at: new Date().toISOString() },
      body: `{"type":"post.blocked","timestamp":"${new Date().toISOString()}","data":{}}`,
    });
    const at = { workflowId: webhookWorkflowId(delivery), taskQueue: QUEUES.workflows };
    await client.workflow.start(WEBHOOK_WORKFLOW, { ...at, args: [{ id: delivery }] });
  }
  await expect.poll(() => receiver.asked.length, { timeout: 30_000 }).toBe(RECEIVER_SHARE);
  await approve(id);
  expect((await desk.postEnd(id)).status).toBe('published');
  expect(receiver.asked, 'none of them was answered meanwhile').toHaveLength(RECEIVER_SHARE);
  answerAll(204);
  receiver.answer = () => 204;
  await expect.poll(() => new Set(receiver.taken.map((one) => one.id)).size, { timeout: 60_000 }).toBe(60);
}, 120_000);

it('a reader has an answer though nobody is left to draft', async () => {
  await desk.whileAway(async () => {
    const queues = QUEUE_NAMES.filter((queue) => queue !== 'text');
    const { nativeConnection: connection, namespace, services } = desk;
    const worker = await createWorkers({ connection, namespace, services, queues });
    const running = worker.run();
    const reply = await ask(desk, { id: drawId(), question: 'Hello' });
    expect(reply).toMatchObject({ turn: 1, outcome: 'hosted' });
    worker.shutdown();
    await running;
  });
}, 60_000);
