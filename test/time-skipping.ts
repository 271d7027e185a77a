/**
 * What the tests of long waits run on: Temporal's time-skipping test server, the real worker with the built workflow
 * bundle, the archive on PostgreSQL, and the stand-ins of OpenAI and fal over HTTP. Workflow time skips only while a test
 * sleeps or waits for a result; activities run, and are timed, by the real clock, and time does not skip meanwhile.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowExecutionDescription, WorkflowHandle } from '@temporalio/client';
import type { Account, ReviewRules } from '../contract/account.js';
import { createActivities, type Activities } from '../activities/index.js';
import { BATCH_WORKFLOW } from '../contract/batch.js';
import { batchWorkflowId, postWorkflowId } from '../contract/ids.js';
import { batchStatusQuery, postStatusQuery } from '../contract/messages.js';
import type { Mix } from '../contract/mix.js';
import { readSettings } from '../config/settings.js';
import type { BatchStatus, PostStatus } from '../contract/status.js';
import { QUEUES } from '../contract/task-queues.js';
import { loadAccount } from '../config/accounts/load.js';
import type { Services } from '../services/services.js';
import { createWorkers } from '../workers/create-workers.js';
import { openServices } from '../workers/open-services.js';
import { openStores } from '../workers/open-stores.js';
import { batchInput } from './batch-input.js';
import { allWaiting } from './harness.js';
import { addSearchAttributes, inTime } from './local-server.js';
import { borrowArchiveDatabase } from './servers/borrow.js';
import { keepQuiet } from './quiet.js';
import { until } from './until.js';

/** The outside world of the worker, which every test of a file can share. */
export interface Outside {
  readonly services: Services;
  close(): Promise<void>;
}

export interface TimeSkipping {
  /** Starts a batch of the sample account with these rules and waits until its posts wait for a person. */
  waitingBatch(mix: Mix, rules?: Rules): Promise<WaitingBatch>;
  batchStatus(id: string): Promise<BatchStatus>;
  postStatus(id: string): Promise<PostStatus>;
  /** Its `result` lets workflow time pass until the workflow has ended. */
  batch(id: string): WorkflowHandle;
  /** Its `result` lets workflow time pass until the workflow has ended. */
  post(id: string): WorkflowHandle;
  /** Lets workflow time pass, in ms, in which timers fire and their activities run. */
  sleep(ms: number): Promise<void>;
  /** Workflow time, in ms since 1970. */
  now(): Promise<number>;
  close(): Promise<void>;
}

/** Review rules, who is told, the account's slots, and where it is published. */
export type Rules = Partial<ReviewRules> &
  Pick<Account, 'webhooks' | 'slots'> &
  Partial<Pick<Account, 'targets'>>;

export interface WaitingBatch {
  readonly id: string;
  /** In the order of the plan. */
  readonly posts: readonly string[];
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The script of the time-skipping server that `npm test` has obtained. */
function serverScript(): string {
  const path = process.env.COPYDESK_TEST_TIME_SKIPPING;
  if (!path) throw new Error('COPYDESK_TEST_TIME_SKIPPING is not set; run the tests by npm test');
  return path;
}

/** The stand-ins without latency, the archive and the assets, in a temporary folder. */
export async function openOutside(): Promise<Outside> {
  const data = await mkdtemp(join(tmpdir(), 'copydesk-test-'));
  const settings = readSettings({
    COPYDESK_ADOPT_SECONDS: '2',
    COPYDESK_DATA: data,
    DATABASE_URL: await borrowArchiveDatabase(),
    // The receiver of reminders is on this machine.
    COPYDESK_ALLOW_PRIVATE: '1',
  });
  const stores = await openStores(settings, () => undefined);
  const { services, standIns } = await openServices(settings, stores);
  standIns?.control.set({ openai: { latencyMs: 0 }, image: { latencyMs: 0 }, video: { latencyMs: 0 } });
  return {
    services,
    async close() {
      await standIns?.close();
      await stores.archive.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

/**
 * A server and a worker for one test. The server (1.38.0) loses the key to its clock when a child workflow completes after
 * its parent, as a batch's last post may: `processCompleteWorkflowExecution` locks time until the parent, closed by then,
 * has taken note. So a test must not sleep past the end of a batch, and the next test needs a new server.
 *
 * @param change activities in place of the real ones.
 */
export async function startTimeSkipping(
  services: Services,
  change: Partial<Activities> = {},
): Promise<TimeSkipping> {
  keepQuiet();
  const temporal = await inTime(() =>
    TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: serverScript() } },
    }),
  );
  try {
    return await startWorker(temporal, services, { ...createActivities(services), ...change });
  } catch (error) {
    await temporal.teardown();
    throw error;
  }
}

async function startWorker(
  temporal: TestWorkflowEnvironment,
  services: Services,
  activities: Activities,
): Promise<TimeSkipping> {
  await addSearchAttributes(temporal.connection, 'default');
  const worker = await createWorkers({
    connection: temporal.nativeConnection,
    namespace: 'default',
    services,
    activities,
  });
  const running = worker.run();
  const { workflow } = temporal.client;
  const batch = (id: string): WorkflowHandle => workflow.getHandle(batchWorkflowId(id));
  const post = (id: string): WorkflowHandle => workflow.getHandle(postWorkflowId(id));
  const batchStatus = (id: string): Promise<BatchStatus> => batch(id).query(batchStatusQuery);
  return {
    async waitingBatch(mix, { webhooks = [], slots = null, targets, ...review } = {}) {
      const sample = await loadAccount('accounts', 'ashtalksai');
      const account = { ...sample, samples: 'publish' as const, targets: targets ?? sample.targets };
      const input = await batchInput(mix, {
        account: { ...account, webhooks, slots, review: { ...account.review, ...review } },
      });
      await workflow.start(BATCH_WORKFLOW, {
        workflowId: batchWorkflowId(input.id),
        taskQueue: QUEUES.workflows,
        args: [input],
      });
      const count = Object.values(mix).reduce((sum, items) => sum + items, 0);
      const { posts } = await until(() => batchStatus(input.id), allWaiting(count));
      for (const one of [...posts.map(({ id }) => post(id)), batch(input.id)])
        await until(() => one.describe(), atRest);
      return { id: input.id, posts: posts.map(({ id }) => id) };
    },
    batchStatus,
    postStatus: (id) => post(id).query(postStatusQuery),
    batch,
    post,
    sleep: (ms) => temporal.sleep(ms),
    now: () => temporal.currentTimeMs(),
    async close() {
      worker.shutdown();
      await running;
      await temporal.teardown();
    },
  };
}

/** Nothing of it is under way that would be lost if it, or its child, were terminated now: such a loss, too, keeps time locked. */
const atRest = ({ raw }: WorkflowExecutionDescription): boolean =>
  !raw.pendingActivities?.length && !raw.pendingWorkflowTask;
