/**
 * What the end-to-end tests run on: a real dev server, the real worker with the built workflow bundle, the archive on
 * PostgreSQL, and the stand-ins of OpenAI and fal over HTTP, all in a temporary folder and on free ports.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkflowNotFoundError, type Client, type WorkflowHandle } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { createActivities, type Activities } from '../activities/index.js';
import { BATCH_WORKFLOW, type BatchInput } from '../contract/batch.js';
import { batchWorkflowId, postWorkflowId } from '../contract/ids.js';
import {
  batchStatusQuery,
  postStatusQuery,
  reviewUpdate,
  type ReviewRequest,
  type ReviewResult,
} from '../contract/messages.js';
import type { Mix } from '../contract/mix.js';
import { SEARCH_ATTRIBUTE_KEYS } from '../contract/search-attributes.js';
import { readSettings, type Environment } from '../config/settings.js';
import type { BatchStatus, PipelineRow, PostStatus } from '../contract/status.js';
import { QUEUES } from '../contract/task-queues.js';
import { startStandIns, type StandIns, type StandInsOptions } from '../offline/stand-ins.js';
import type { Services } from '../services/services.js';
import { createWorkers } from '../workers/create-workers.js';
import { openServices } from '../workers/open-services.js';
import { openStores } from '../workers/open-stores.js';
import { batchInput } from './batch-input.js';
import { openNamespace, startLocalServer } from './local-server.js';
import { borrowArchiveDatabase } from './servers/borrow.js';
import { keepQuiet } from './quiet.js';
import { until } from './until.js';

export interface Harness {
  readonly client: Client;
  readonly nativeConnection: NativeConnection;
  readonly services: Services;
  readonly standIns: StandIns;
  /** Of Temporal. */
  readonly address: string;
  readonly namespace: string;
  /** By which a command finds this Temporal. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the assets lie. */
  readonly assetsFolder: string;
  /** Starts a batch of the sample account and answers its id. */
  startBatch(mix: Mix, change?: Partial<BatchInput>): Promise<string>;
  batchStatus(id: string): Promise<BatchStatus>;
  postStatus(id: string): Promise<PostStatus>;
  /** Its last status, once it has ended. */
  postEnd(id: string): Promise<PostStatus>;
  post(id: string): WorkflowHandle;
  batch(id: string): WorkflowHandle;
  /** Starts a batch of one post and answers that post once it waits at its first gate. */
  waitingPost(contentFormat?: string, change?: Partial<BatchInput>): Promise<PostStatus>;
  /** The same, once it is blocked. */
  blockedPost(contentFormat?: string, change?: Partial<BatchInput>): Promise<PostStatus>;
  /** Waits until this revision of the post is at a gate. */
  waitsAgain(id: string, revision: number): Promise<PostStatus>;
  review(id: string, request: ReviewRequest): Promise<ReviewResult>;
  /** Waits until the batch's status is as told; fails with the last one when it takes over a minute. */
  batchUntil(id: string, wanted: (status: BatchStatus) => boolean): Promise<BatchStatus>;
  postUntil(id: string, wanted: (status: PostStatus) => boolean): Promise<PostStatus>;
  /** Has no worker run while something is done, so that the next one hears of all of it at once. */
  whileAway(act: () => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

/** A batch lists a post a moment before it has started it. */
function whereNotStarted(error: unknown): null {
  if (error instanceof WorkflowNotFoundError) return null;
  throw error;
}

export interface HarnessOptions {
  /** More arguments of the dev server, which is then one of its own. */
  readonly extraArgs?: string[];
  /** `plain` saves the drawing, where many posts are made. */
  readonly media?: StandInsOptions['media'];
  /** Has the worker do something else than the activities over the services. */
  readonly activities?: (activities: Activities, services: Services) => Activities;
}

export async function startHarness(env: Environment = {}, options: HarnessOptions = {}): Promise<Harness> {
  keepQuiet();
  const data = await mkdtemp(join(tmpdir(), 'copydesk-test-'));
  const own = options.media
    ? await startStandIns({ folder: join(data, 'stand-ins'), media: options.media })
    : null;
  const settings = readSettings({
    COPYDESK_ADOPT_SECONDS: '2',
    ...(own && providersAt(own)),
    ...env,
    DATABASE_URL: env['DATABASE_URL'] ?? (await borrowArchiveDatabase()),
    COPYDESK_DATA: data,
  });
  const temporal = await (options.extraArgs
    ? startLocalServer({ searchAttributes: SEARCH_ATTRIBUTE_KEYS, extraArgs: options.extraArgs })
    : openNamespace());
  const { address, namespace = 'default' } = temporal;
  const stores = await openStores(settings, () => undefined);
  const open = await openServices(settings, stores);
  const standIns = own ?? open.standIns;
  standIns?.control.set({ openai: { latencyMs: 0 }, image: { latencyMs: 0 }, video: { latencyMs: 0 } });
  const startWorker = async (): Promise<() => Promise<void>> => {
    const worker = await createWorkers({
      connection: temporal.nativeConnection,
      namespace,
      services: open.services,
      ...(options.activities && {
        activities: options.activities(createActivities(open.services), open.services),
      }),
    });
    const running = worker.run();
    return () => {
      worker.shutdown();
      return running;
    };
  };
  let stopWorker = await startWorker();
  const { client } = temporal;
  const post = (id: string): WorkflowHandle => client.workflow.getHandle(postWorkflowId(id));
  const batch = (id: string): WorkflowHandle => client.workflow.getHandle(batchWorkflowId(id));
  const batchStatus = (id: string): Promise<BatchStatus> => batch(id).query(batchStatusQuery);
  const postStatus = (id: string): Promise<PostStatus> => post(id).query(postStatusQuery);
  const startBatch = async (mix: Mix, change: Partial<BatchInput> = {}): Promise<string> => {
    const input = await batchInput(mix, change);
    const at = { workflowId: batchWorkflowId(input.id), taskQueue: QUEUES.workflows };
    await client.workflow.start(BATCH_WORKFLOW, { ...at, args: [input] });
    return input.id;
  };
  const batchUntil: Harness['batchUntil'] = (id, wanted) => until(() => batchStatus(id), wanted);
  const postUntil: Harness['postUntil'] = async (id, wanted) => {
    const there = await until(
      () => postStatus(id).catch(whereNotStarted),
      (status) => status !== null && wanted(status),
    );
    return there!;
  };
  const onePost =
    (state: 'awaiting_approval' | 'blocked') =>
    async (contentFormat = 'hero_text', change: Partial<BatchInput> = {}) => {
      const batchId = await startBatch({ [contentFormat]: 1 }, change);
      const { posts } = await batchUntil(batchId, ({ counts }) => counts[state] === 1);
      return postStatus(posts[0]!.id);
    };
  return {
    client,
    nativeConnection: temporal.nativeConnection,
    services: open.services,
    get standIns() {
      if (!standIns) throw new Error('both providers are real in this test');
      return standIns;
    },
    address,
    namespace,
    env: { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace },
    assetsFolder: join(data, 'assets'),
    startBatch,
    batchStatus,
    postStatus,
    async postEnd(id) {
      await post(id).result();
      return postStatus(id);
    },
    post,
    batch,
    waitingPost: onePost('awaiting_approval'),
    blockedPost: onePost('blocked'),
    waitsAgain: (id, revision) =>
      postUntil(id, (now) => now.status === 'awaiting_approval' && now.revision === revision),
    review: (id, request) => post(id).executeUpdate(reviewUpdate, { args: [request] }),
    batchUntil,
    postUntil,
    async whileAway(act) {
      await stopWorker();
      await act();
      stopWorker = await startWorker();
    },
    async close() {
      await stopWorker();
      await standIns?.close();
      await stores.archive.close();
      await temporal.teardown();
      await rm(data, { recursive: true, force: true });
    },
  };
}

const providersAt = ({ openAiBaseUrl, falBaseUrl }: StandIns): Environment => ({
  OPENAI_API_KEY: 'offline',
  OPENAI_BASE_URL: openAiBaseUrl,
  OPENAI_API: 'responses',
  // It stands for OpenAI, though it is on this machine.
  OPENAI_PRICE: 'table',
  FAL_KEY: 'offline',
  FAL_BASE_URL: falBaseUrl,
});

/** Every post of the batch waits for a person. */
export const allWaiting =
  (count: number) =>
  (status: BatchStatus): boolean =>
    status.posts.length === count && status.posts.every((post) => post.status === 'awaiting_approval');

export const nano = (usd: number): number => Math.round(usd * 1e9);
export const sum = (amounts: readonly number[]): number =>
  amounts.reduce((total, amount) => total + amount, 0);
export const rowsOf = ({ pipeline }: PostStatus, step: string): PipelineRow[] =>
  pipeline.filter((row) => row.step === step);
/** The newest of a step. */
export const row = (post: PostStatus, step: string): PipelineRow | undefined => rowsOf(post, step).at(-1);
