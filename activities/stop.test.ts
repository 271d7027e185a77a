import { describe, expect, it } from 'vitest';
import { until } from '../test/until.js';
import type { CollectTask } from './collect.js';
import { createStop } from './stop.js';
import { createSubmit } from './submit.js';
import { pictureTask, spend } from './testing/samples.js';
import { perform, surroundings, type Stage } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

const HOUR = 3_600_000;

let stage: Stage;
useStage((opened) => (stage = opened));

async function submitted(): Promise<CollectTask> {
  const task = pictureTask();
  const sent = await perform(createSubmit(stage.services()).submit, task, spend);
  if (sent.outcome !== 'kept') throw new Error(`not submitted: ${sent.outcome}`);
  return { task, requestId: sent.requestId, number: 1, spend, once: false };
}
const stop = (job: CollectTask, around = surroundings()) =>
  around.run(createStop(stage.services()).stop, job);
const held = () => stage.archive.ledger.listHolds({ postId: 'UpkTZ26nc9Eb' });
const billed = async (): Promise<number> =>
  (await stage.bill()).reduce((sum, { amountNano }) => sum + amountNano, 0);

describe('a job of a post that has ended', () => {
  it('is taken out of the queue where it still waits, costs nothing, and holds nothing back', async () => {
    stage.control.set({ image: { latencyMs: HOUR } });
    const job = await submitted();
    expect(await held()).toHaveLength(1);
    expect(await stop(job)).toEqual({
      charges: [],
      note: `hero image: job ${job.requestId} was stopped and cost nothing`,
    });
    expect(await billed()).toBe(0);
    expect(await held()).toEqual([]);
  });

  it('that a runner has begun is waited for, and charged what it was billed', async () => {
    stage.control.set({ image: { latencyMs: 5_000 } });
    const job = await submitted();
    stage.recorder.play('/cancel', async (_call, behind) => {
      await until(
        () => stage.services().media.state(job.task.endpoint, job.requestId),
        ({ state }) => state === 'running',
      );
      return behind();
    });
    expect(await stop(job)).toMatchObject({
      charges: [{ basis: 'metered', outcome: 'cancelled', amount: await billed(), requestId: job.requestId }],
      note: `hero image: job ${job.requestId} was asked to stop, had begun and was paid for`,
    });
    expect(await billed()).toBe(60_000_000);
    expect(await held()).toEqual([]);
  });

  it('that had ended is charged, and the file that a cut-off collect has stored is removed', async () => {
    const job = await submitted();
    const { assets } = stage.services();
    await assets.put('UpkTZ26nc9Eb_hero.png', new Uint8Array([1]));
    expect(await stop(job)).toMatchObject({
      charges: [{ outcome: 'cancelled', amount: 60_000_000 }],
      note: expect.stringContaining('had ended and was paid for') as string,
    });
    expect(await assets.size('UpkTZ26nc9Eb_hero.png')).toBeNull();
  });

  it('that failed and was not billed costs nothing', async () => {
    stage.control.fail({ on: 'submit', kind: 'completed-error' });
    expect(await stop(await submitted())).toMatchObject({ charges: [] });
    expect(await billed()).toBe(0);
    expect(await held()).toEqual([]);
  });

  it('is tried again while fal has trouble or the key is wrong, and is unknown in the end', async () => {
    const job = await submitted();
    for (const status of [500, 401]) {
      stage.control.fail({ on: 'cancel', kind: 'status', status, times: 10 });
      await expect(stop(job)).rejects.toThrow();
      await expect(stop(job)).rejects.not.toMatchObject({ nonRetryable: true });
      expect(await stop(job, surroundings({ attempt: 30 }))).toMatchObject({
        charges: [{ basis: 'unknown', outcome: 'lost', requestId: job.requestId, amount: 60_000_000 }],
        note: expect.stringContaining('could not be stopped; what it cost is not known') as string,
      });
      stage.control.clear();
    }
  });
});
