/** What the tests of services and activities run on: the stand-ins over HTTP, behind a recorder, in a temporary folder. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { ActivityFunction } from '@temporalio/common';
import type { Info } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { startStandIns } from '../../offline/stand-ins.js';
import { FileAssets } from '../../services/assets/files.js';
import { Intake } from '../../services/assets/intake.js';
import { createPublicFetch } from '../../services/public-fetch.js';
import { FalMedia } from '../../services/media/fal.js';
import type { Services } from '../../services/services.js';
import { OpenAiText } from '../../services/text/openai.js';
import { borrowArchive } from '../../test/servers/borrow.js';
import { json, startRecorder } from './recorder.js';

export type Stage = Awaited<ReturnType<typeof openStage>>;

export async function openStage() {
  const folder = await mkdtemp(join(tmpdir(), 'copydesk-stage-'));
  const standIns = await startStandIns({ folder: join(folder, 'offline'), media: 'plain' });
  const recorder = await startRecorder(new URL(standIns.openAiBaseUrl).origin);
  const openAiBaseUrl = `${recorder.url}/openai/v1`;
  const falBaseUrl = `${recorder.url}/fal`;
  const archive = await borrowArchive();
  let billed = 0;
  /** No faults, no latency, no discount, and nothing recorded, as at the start. */
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
    /** Real services over the recorder, with an archive. */
    services: (change: Partial<Services> = {}): Services => ({
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
    /** What was billed since `reset`, oldest first. */
    bill: async () => (await standIns.ledger()).slice(billed),
    /** Whether money is held back for a call of the sample post, whose key ends so. */
    async isHeld(key: string | number): Promise<boolean> {
      const holds = await archive.ledger.listHolds({ postId: 'UpkTZ26nc9Eb' });
      return holds.some((hold) => hold.key.endsWith(`/${key}`));
    },
    reset,
    async close() {
      await recorder.close();
      await standIns.close();
      await archive.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * An activity's surroundings, with the heartbeats that it sent.
 *
 * @param client what the activity asks Temporal through.
 */
export function surroundings(info: Partial<Info> = {}, client?: unknown) {
  const options = { logger: new DefaultLogger('ERROR'), client: client as Client };
  const environment = new MockActivityEnvironment(info, options);
  const heartbeats: unknown[] = [];
  environment.on('heartbeat', (details) => heartbeats.push(details));
  return {
    heartbeats,
    cancel: () => environment.cancel(),
    run: <P extends unknown[], R>(activity: ActivityFunction<P, R>, ...args: P): Promise<R> =>
      environment.run(activity, ...args),
  };
}

export const perform = <P extends unknown[], R>(activity: ActivityFunction<P, R>, ...args: P): Promise<R> =>
  surroundings().run(activity, ...args);

/** The attempt as one that was kept. @throws Error for any other */
export function kept<A extends { outcome: string }>(attempt: A): Extract<A, { outcome: 'kept' }> {
  if (attempt.outcome !== 'kept') throw new Error(`${attempt.outcome}, not kept`);
  return attempt as Extract<A, { outcome: 'kept' }>;
}

export const lastQuestion = ({
  recorder,
}: Stage): { model: string; instructions: string; input: string; text: any } =>
  // The recorder keeps bytes as characters.
  JSON.parse(Buffer.from(recorder.sent('POST', '/responses').at(-1)?.body ?? '', 'latin1').toString());

/** Has the model answer what `change` makes of what it wrote. */
export const rewriteAnswers = ({ recorder }: Stage, change: (written: any) => unknown): void =>
  recorder.play('/responses', async (_call, behind) => {
    const answer = JSON.parse(String((await behind()).body));
    const [part] = answer.output.find((one: any) => one.type === 'message').content;
    part.text = JSON.stringify(change(JSON.parse(part.text)));
    return json(answer);
  });
