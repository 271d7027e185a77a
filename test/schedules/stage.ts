/**
 * What schedules are tested on: a dev server over a file, which can be killed and started again, the worker in this process, which
 * lives through that, and a folder of account files.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { Copydesk } from '../../client/copydesk.js';
import type { NewSchedule } from '../../client/schedule-order.js';
import { loadAccount } from '../../config/accounts/load.js';
import { readSettings } from '../../config/settings.js';
import type { Delivery } from '../../contract/webhooks.js';
import { scheduleWorkflowId, type ScheduleStatus } from '../../contract/schedule.js';
import { QUEUE_NAMES } from '../../contract/task-queues.js';
import type { Archive } from '../../services/archive/archive.js';
import { openServices } from '../../workers/open-services.js';
import { openStores } from '../../workers/open-stores.js';
import { runWorker } from '../../workers/run-worker.js';
import { Scene } from '../bad-days/scene.js';
import { borrowArchiveDatabase } from '../servers/borrow.js';
import { keepQuiet } from '../quiet.js';
import { until } from '../until.js';

export const ACCOUNT = 'crumbandcrust';
export const PLANNER = 'sourdough';

export interface ScheduleStage {
  readonly copydesk: Copydesk;
  readonly archive: Archive;
  readonly client: Client;
  /** Where a command finds all this. */
  readonly env: Readonly<Record<string, string>>;
  /** Adds a schedule of one post; its times are far away. @returns its id */
  add(change?: Partial<NewSchedule>): Promise<string>;
  /** Has schedules run at one time in some seconds, and never again. @returns that time */
  runSoon(...ids: string[]): Promise<Date>;
  /** The same so many ms ahead. */
  runIn(ms: number, ...ids: string[]): Promise<Date>;
  /** Waits until a schedule is as told; through an outage, too. */
  untilStatus(id: string, wanted: (status: ScheduleStatus) => boolean): Promise<ScheduleStatus>;
  /** Waits until it has started a batch that is not the one named. @returns the batch's id */
  untilBatch(id: string, other?: string | null): Promise<string>;
  /** Waits until a post of a batch waits for a person. */
  untilWaiting(batchId: string): Promise<void>;
  /** What the account's receiver was told of the skips for a batch. */
  skipsTold(batchId: string): Promise<readonly Delivery[]>;
  /** Cancels a batch, which ends it. */
  end(batchId: string): Promise<void>;
  /** Writes the account's file: as it was at first, with a change or without. */
  writeAccount(change?: (first: string) => string): Promise<void>;
  killServer(): Promise<void>;
  startServer(): Promise<void>;
  close(): Promise<void>;
}

export async function openScheduleStage(): Promise<ScheduleStage> {
  keepQuiet();
  const scene = await Scene.open('embedded');
  const accounts = join(scene.folder, 'accounts');
  const accountFile = join(accounts, `${ACCOUNT}.yaml`);
  await mkdir(accounts);
  // Its secret is nowhere, so what is told stays on the log.
  const webhook = '{ url: https://hooks.example.com/, secret: NO_SECRET, events: [schedule.skipped] }';
  const firstText = `${await readFile(`accounts/${ACCOUNT}.yaml`, 'utf8')}\nwebhooks:\n  - ${webhook}\n`;
  await writeFile(accountFile, firstText);
  scene.standIns.control.set({ openai: { latencyMs: 0 }, image: { latencyMs: 0 }, video: { latencyMs: 0 } });
  const env = {
    ...scene.env,
    DATABASE_URL: await borrowArchiveDatabase(),
    COPYDESK_ACCOUNTS: accounts,
    COPYDESK_API: 'http://127.0.0.1:9',
  };
  const settings = readSettings(env);
  await scene.startTemporal();
  const stores = await openStores(settings, () => undefined);
  scene.defer(() => stores.archive.close());
  const { services } = await openServices(settings, stores);
  const worker = await runWorker({
    ...{ settings, env, services, queues: QUEUE_NAMES, graceMs: 1_000, say: () => undefined },
  });
  scene.defer(() => worker.stop());
  const { client } = scene;
  const copydesk = await Copydesk.connect({ settings, env });
  scene.defer(() => copydesk.close());
  const { schedules } = copydesk;

  const untilStatus: ScheduleStage['untilStatus'] = async (id, wanted) => {
    const status = await until(
      () => schedules.status(id).catch(() => null),
      (now) => now !== null && wanted(now),
    );
    return status!;
  };

  /** Has it run at one second of one day. */
  const setTime = (id: string, at: Date): Promise<void> => {
    const [, month, day, hour, minute, second] = at
      .toISOString()
      .split(/[-T:.]/)
      .map(Number);
    const cron = `${second} ${minute} ${hour} ${day} ${month} * ${at.getUTCFullYear()}`;
    const spec = { cronExpressions: [cron], timezone: 'UTC' };
    return client.schedule.getHandle(scheduleWorkflowId(id)).update((now) => ({ ...now, spec }));
  };
  const updatedAt = async (id: string): Promise<number> => {
    const { info } = await client.schedule.getHandle(scheduleWorkflowId(id)).describe();
    return info.lastUpdatedAt?.getTime() ?? 0;
  };

  const runIn: ScheduleStage['runIn'] = async (ms, ...ids) => {
    for (;;) {
      const at = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + ms);
      await Promise.all(ids.map((id) => setTime(id, at)));
      // A schedule that is changed after that time, on a machine that does much else, would not have run.
      const updates = await Promise.all(ids.map(updatedAt));
      if (updates.every((time) => time < at.getTime())) return at;
    }
  };

  return {
    copydesk,
    archive: stores.archive,
    client,
    env,
    async add(change = {}) {
      const account = await loadAccount(accounts, ACCOUNT);
      const far = { account, planner: PLANNER, mix: { hero_text: 1 }, cron: '0 6 1 1 *' };
      return (await schedules.add({ ...far, ...change })).scheduleId;
    },
    runIn,
    runSoon: (...ids) => runIn(4_000, ...ids),
    untilStatus,
    async untilBatch(id, other = null) {
      const { lastBatchId } = await untilStatus(
        id,
        (now) => now.lastBatchId !== null && now.lastBatchId !== other,
      );
      return lastBatchId!;
    },
    async untilWaiting(batchId) {
      await until(
        () => copydesk.batches.status(batchId),
        ({ counts }) => (counts.awaiting_approval ?? 0) > 0,
      );
    },
    async skipsTold(batchId) {
      const { deliveries } = await stores.archive.deliveries.list({ limit: 100 });
      return deliveries.filter((delivery) => delivery.batchId === batchId);
    },
    async end(batchId) {
      await copydesk.batches.cancel(batchId, { by: 'mo' });
      await client.workflow
        .getHandle(`batch/${batchId}`)
        .result()
        .catch(() => undefined);
    },
    writeAccount: (change = (first) => first) => writeFile(accountFile, change(firstText)),
    killServer: () => scene.killTemporal(),
    startServer: () => scene.startTemporal(),
    close: () => scene.close(),
  };
}
