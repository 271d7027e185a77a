/** What the tests of services and activities run on: the stand-ins over HTTP, behind a recorder, in a temporary folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { ActivityFunction } from '@temporalio/common';
import type { Info } from '@temporalio/activity';
import { startStandIns, type LedgerEntry, type StandIns } from '../../offline/stand-ins.js';
import type { Archive } from '../../services/archive/archive.js';
import { openArchive } from '../../services/archive/open.js';
import { FileAssets } from '../../services/assets/files.js';
import { Intake } from '../../services/assets/intake.js';
import { createPublicFetch } from '../../services/public-fetch.js';
import { FalMedia } from '../../services/media/fal.js';
import type { Services } from '../../services/services.js';
import { OpenAiText } from '../../services/text/openai.js';
import { startRecorder, type Recorder } from './recorder.js';

export interface Stage {
  readonly recorder: Recorder;
  readonly control: StandIns['control'];
  readonly folder: string;
  readonly openAiBaseUrl: string;
  readonly falBaseUrl: string;
  readonly archive: Archive;
  /** Real services over the recorder, with an embedded archive. */
  services(change?: Partial<Services>): Services;
  /** What was billed since `reset`, oldest first. */
  bill(): Promise<LedgerEntry[]>;
  /** No faults, no latency, no discount, and nothing recorded, as at the start. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'copydesk-stage-'));
  const standIns = await startStandIns({ folder: join(folder, 'offline'), media: 'plain' });
  const recorder = await startRecorder(new URL(standIns.openAiBaseUrl).origin);
  const openAiBaseUrl = `${recorder.url}/openai/v1`;
  const falBaseUrl = `${recorder.url}/fal`;
  const archive = await openArchive({ databaseUrl: null, folder: join(folder, 'archive') });
  await archive.migrate();
  let billed = 0;
  const reset = async (): Promise<void> => {
    standIns.control.clear();
    const none = { latencyMs: 0 };
    standIns.control.set({ openai: none, image: none, video: none, billing: none });
    standIns.control.discount(0);
    recorder.reset();
    billed = (await standIns.ledger()).length;
  };
  await reset();
  const assets = new FileAssets(join(folder, 'assets'));
  const intake = new Intake({ folder: join(folder, 'incoming'), assets });
  return {
    recorder,
    control: standIns.control,
    folder,
    archive,
    openAiBaseUrl,
    falBaseUrl,
    services: (change = {}) => ({
      text: new OpenAiText({ apiKey: 'sample', baseUrl: openAiBaseUrl, api: 'responses', offline: true }),
      media: new FalMedia({ key: 'sample', baseUrl: falBaseUrl, offline: true }),
      archive,
      assets,
      intake,
      publicFetch: createPublicFetch({ allowPrivate: false }),
      publishers: {},
      prepareBatch: () => Promise.reject(new Error('no schedule stands here')),
      readAccount: () => Promise.reject(new Error('no account file stands here')),
      deskUrl: 'https://desk.example',
      adoptSeconds: 0,
      now: () => new Date(),
      stopping: new AbortController().signal,
      ...change,
    }),
    bill: async () => (await standIns.ledger()).slice(billed),
    reset,
    async close() {
      await recorder.close();
      await standIns.close();
      await archive.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An activity's surroundings, with the heartbeats that it sent. */
export interface Surroundings {
  readonly heartbeats: unknown[];
  cancel(): void;
  run<P extends unknown[], R>(activity: ActivityFunction<P, R>, ...args: P): Promise<R>;
}

export function surroundings(info: Partial<Info> = {}): Surroundings {
  const environment = new MockActivityEnvironment(info, { logger: new DefaultLogger('ERROR') });
  const heartbeats: unknown[] = [];
  environment.on('heartbeat', (details) => heartbeats.push(details));
  return {
    heartbeats,
    cancel: () => environment.cancel(),
    run: (activity, ...args) => environment.run(activity, ...args),
  };
}

/** Runs an activity as the worker does. */
export const perform = <P extends unknown[], R>(activity: ActivityFunction<P, R>, ...args: P): Promise<R> =>
  surroundings().run(activity, ...args);
