import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startStandIns, type StandIns, type StandInsOptions } from '../stand-ins.js';

export const FLUX = 'fal-ai/flux-pro/v1.1-ultra';
export const KLING = 'fal-ai/kling-video/v3/pro/image-to-video';

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

/** Starts the stand-ins for the tests of a file, in a folder of their own: quick, without faults and discount as each begins. */
export function useStandIns(options: Pick<StandInsOptions, 'media'> = {}) {
  let folder: string;
  let standIns: StandIns;
  let before = 0;
  const start = async (): Promise<void> => {
    standIns = await startStandIns({ folder, ...options });
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stand-ins-'));
    await start();
  });
  beforeEach(async () => {
    const none = { latencyMs: 0 };
    standIns.control.clear();
    standIns.control.set({ openai: none, image: none, video: none, billing: none });
    standIns.control.discount(0);
    before = (await standIns.ledger()).length;
  });
  afterAll(async () => {
    await standIns.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** What was billed since the test began, oldest first. */
  const bill = async () => (await standIns.ledger()).slice(before);
  const askFal = async (path: string, body?: object): Promise<Answered> => {
    const headers = { authorization: 'Key sample', 'content-type': 'application/json' };
    const posted = body && { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${standIns.falBaseUrl}/${path}`, { ...posted, headers });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  return {
    get standIns() {
      return standIns;
    },
    get control() {
      return standIns.control;
    },
    /** Over the same folder. */
    async restart(): Promise<void> {
      await standIns.close();
      await start();
    },
    bill,
    billed: async (): Promise<number> => (await bill()).reduce((sum, { amountNano }) => sum + amountNano, 0),
    askFal,
    submit: async (endpoint: string, input: object) =>
      (await askFal(`queue.fal.run/${endpoint}`, input)).body.request_id as string,
    result: (endpoint: string, id: string) =>
      askFal(`queue.fal.run/${endpoint.split('/').slice(0, 2).join('/')}/requests/${id}`),
  };
}
