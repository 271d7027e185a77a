/** Many clips that end only with the test, under the real workers: what the test of slots and `bench/publish-under-load` stand on. */
import { spend } from '../../activities/testing/samples.js';
import { fileURLToPath } from 'node:url';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { CollectTask } from '../../activities/collect.js';
import type { PublishTask } from '../../activities/publish.js';
import { recordedEdition, postRecord, batchRecord } from '../../services/archive/sample-records.js';
import type { Archive } from '../../services/archive/archive.js';
import type { Ledger } from '../../services/archive/ledger/ledger.js';
import type { MediaService } from '../../services/media/media.js';
import type { Services } from '../../services/services.js';
import { createWorkers } from '../../workers/create-workers.js';
import { until } from '../until.js';
import { film, publishOne } from './workflows.js';
import { paper } from '../../services/publishers/testing/paper.js';
import { FEED } from '../../contract/targets/target.js';

const TASK_QUEUE = 'copydesk-test-slots';

export type Slots = Awaited<ReturnType<typeof openSlots>>;

export async function openSlots(temporal: TestWorkflowEnvironment) {
  const { client, nativeConnection: connection } = temporal;
  const asked = new Set<string>();
  const started = new Map<string, number>();
  const end = new AbortController();
  const workers = await createWorkers({
    connection,
    namespace: 'default',
    queues: ['media', 'publish'],
    services: waitingServices(asked, started, end.signal),
  });
  const director = await Worker.create({
    connection,
    taskQueue: TASK_QUEUE,
    workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  });
  const running = Promise.all([workers.run(), director.run()]);
  const films: string[] = [];
  return {
    /** Starts so many clips in one workflow, and waits until a worker asks for each. Answers the workflow's id. */
    async film(count: number): Promise<string> {
      const workflowId = `film-${films.length}`;
      films.push(workflowId);
      const args: [CollectTask[]] = [Array.from({ length: count }, (_, at) => order(`${workflowId}-${at}`))];
      await client.workflow.start(film, { workflowId, taskQueue: TASK_QUEUE, args });
      const isOfIt = (id: string): boolean => id.startsWith(`${workflowId}-`);
      await until(
        () => Promise.resolve([...asked].filter(isOfIt).length),
        (clips) => clips === count,
      );
      return workflowId;
    },
    /** How many of a film's clips a worker holds just now. */
    async held(filmId: string): Promise<number> {
      const { raw } = await client.workflow.getHandle(filmId).describe();
      // 2 is PENDING_ACTIVITY_STATE_STARTED of temporal.api.enums.v1.
      return (raw.pendingActivities ?? []).filter(({ state }) => state === 2).length;
    },
    /** Publishes a post to the end. Answers the ms from its order to its start in the worker. */
    async publish(postId: string): Promise<number> {
      const ordered = performance.now();
      const args: [PublishTask] = [{ target: FEED, edition: recordedEdition(postRecord(postId, BATCH)) }];
      await client.workflow.execute(publishOne, {
        workflowId: `publish-${postId}`,
        taskQueue: TASK_QUEUE,
        args,
      });
      return Number(started.get(postId)) - ordered;
    },
    async close(): Promise<void> {
      end.abort();
      for (const id of films)
        await client.workflow
          .getHandle(id)
          .result()
          .catch(() => undefined);
      workers.shutdown();
      director.shutdown();
      await running;
    },
  };
}

const BATCH = batchRecord('Batch0000001', 'ashtalksai');

const TASK = {
  postId: 'UpkTZ26nc9Eb',
  step: 'video',
  endpoint: 'fal-ai/kling-video',
  prompt: 'endless',
  seed: 1,
};

const order = (requestId: string): CollectTask => ({
  ...{ requestId, number: 1, spend, once: false, task: TASK as CollectTask['task'] },
});

/** BENIGN: not worth a line in the log. */
const OVER = ApplicationFailure.create({
  message: 'the test is over',
  nonRetryable: true,
  category: ApplicationFailureCategory.BENIGN,
});

type Job = Awaited<ReturnType<MediaService['state']>>;

function waitingServices(asked: Set<string>, started: Map<string, number>, end: AbortSignal): Services {
  const media: Partial<MediaService> = {
    provider: 'fal',
    offline: true,
    state(_endpoint, requestId) {
      asked.add(requestId);
      if (end.aborted) throw OVER;
      return Promise.resolve({ state: 'running', seconds: null } as Job);
    },
  };
  const ledger: Partial<Ledger> = { extend: () => Promise.resolve() };
  return {
    media: media as MediaService,
    archive: { ledger } as Archive,
    publishers: {
      feed: paper('feed', {
        publish(published, target) {
          started.set(published.postId, performance.now());
          return paper('feed').publish(published, target);
        },
      }),
    },
    adoptSeconds: null,
    stopping: new AbortController().signal,
    now: () => new Date(),
  } as Partial<Services> as Services;
}
