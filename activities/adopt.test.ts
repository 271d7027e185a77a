import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { createAdopt } from './adopt.js';
import type { MediaTask } from './media-task.js';
import { createSubmit } from './submit.js';
import { clipTask, pictureTask, spend } from './testing/samples.js';
import { perform, surroundings, type Stage } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

let stage: Stage;
useStage((opened) => (stage = opened));

const submit = (task: MediaTask) => perform(createSubmit(stage.services()).submit, task, spend);
const posts = (): number => stage.recorder.sent('POST', '/queue.fal.run/').length;

describe('adopt', () => {
  const adopt = (task: MediaTask, adoptSeconds: number, around = surroundings()) =>
    around.run(createAdopt(stage.services({ adoptSeconds })).adopt, {
      task,
      since: new Date().toISOString(),
      from: new Date().toISOString(),
      spend,
      once: false,
      last: false,
    });
  const lookups = (): number => stage.recorder.sent('GET', '/requests/by-endpoint').length;

  it.each([
    ['picture', pictureTask()],
    ['clip', clipTask()],
  ])('finds the %s whose submit had no answer, at the first look', async (_name, task) => {
    stage.control.fail({ on: 'submit', kind: 'drop-after' });
    await submit(task);
    const [bill] = await stage.bill();
    expect(await adopt(task, 0)).toEqual({ requestId: bill?.requestId, charge: null });
    expect(posts()).toBe(1);
    expect(lookups()).toBe(1);
  });

  it('goes on looking for a job that has not ended yet', async () => {
    const task = pictureTask();
    stage.control.set({ image: { latencyMs: 2_500 } });
    stage.control.fail({ on: 'submit', kind: 'drop-after' });
    await submit(task);
    const [bill] = await stage.bill();
    expect(await adopt(task, 30)).toEqual({ requestId: bill?.requestId, charge: null });
    expect(lookups()).toBeGreaterThan(1);
  });

  it.each([
    ['picture', pictureTask(), 60_000_000],
    ['clip', clipTask(), 560_000_000],
    ['picture without a known price', pictureTask({ endpoint: 'fal-ai/flux/unheard-of' }), 300_000_000],
  ])('gives an unknown charge for a %s that is not there', async (_name, task, amount) => {
    expect(await adopt(task, 0)).toEqual({
      requestId: null,
      until: expect.any(String) as string,
      charge: {
        key: `post/UpkTZ26nc9Eb/${task.step}/${task.seed}`,
        step: task.step,
        provider: 'fal',
        model: task.endpoint,
        quantity: null,
        unitPrice: expect.stringMatching(/ USD per (image|second)$/) as string,
        amount,
        basis: 'unknown',
        outcome: 'lost',
        requestId: null,
        prompt: null,
        offline: true,
        at: expect.any(String) as string,
      },
    });
  });

  it.each([
    ['the seconds that are set', pictureTask(), 1, 1],
    ["a picture's worst latency", pictureTask(), null, 180],
    ["a clip's worst latency", clipTask(), null, 600],
  ])('looks for %s and no longer', async (_name, task, adoptSeconds, seconds) => {
    /** Looks once, with a clock that shows `passed` ms after the start when the look is over. */
    const look = (passed: number, around = surroundings()) => {
      const start = Date.now();
      const now = (): Date => new Date(start + passed);
      const since = new Date(start).toISOString();
      return around.run(createAdopt(stage.services({ adoptSeconds, now })).adopt, {
        task,
        since,
        from: since,
        spend,
        once: false,
        last: false,
      });
    };
    expect(await look(seconds * 1_000)).toMatchObject({ requestId: null, charge: { outcome: 'lost' } });
    expect(lookups()).toBe(1);
    const around = surroundings();
    stage.recorder.play('/requests/by-endpoint', (_call, behind) => {
      around.cancel();
      return behind();
    });
    // It was about to wait for another look.
    await expect(look(seconds * 1_000 - 1, around)).rejects.toMatchObject({ name: 'CancelledFailure' });
  });

  it('looks a single time where a person has said to go on', async () => {
    const task = pictureTask();
    const since = new Date().toISOString();
    const order = { task, since, from: since, spend, last: false };
    const look = () =>
      perform(createAdopt(stage.services({ adoptSeconds: null })).adopt, { ...order, once: true });
    expect(await look()).toMatchObject({ requestId: null, charge: { outcome: 'lost' } });
    expect(lookups()).toBe(1);
    stage.control.fail({ on: 'submit', kind: 'drop-after' });
    await submit(task);
    const [bill] = await stage.bill();
    expect(await look()).toEqual({ requestId: bill?.requestId, charge: null });
  });

  it('is left to another worker by one that stops', async () => {
    const stopping = new AbortController();
    const since = new Date().toISOString();
    stage.recorder.play('/requests/by-endpoint', (_call, behind) => {
      stopping.abort();
      return behind();
    });
    const { adopt: look } = createAdopt(stage.services({ adoptSeconds: 600, stopping: stopping.signal }));
    const order = { task: pictureTask(), since, from: since, spend, once: false, last: false };
    await expect(perform(look, order)).rejects.toMatchObject({
      type: 'Worker.Stopping',
      nonRetryable: false,
    });
    expect(lookups()).toBe(1);
  });

  it('does not take over the job of another task', async () => {
    await submit(pictureTask());
    expect(await adopt(pictureTask(), 0)).toMatchObject({ requestId: null });
  });

  it('waits for a person where the key may not read the history', async () => {
    stage.control.fail({ on: 'history', kind: 'status', status: 403 });
    await expect(adopt(pictureTask(), 0)).rejects.toMatchObject({
      type: 'Provider.Forbidden',
      nonRetryable: true,
    });
  });

  it('is tried again when the history does not answer: reading costs nothing', async () => {
    for (const kind of ['drop-before', 'status'] as const) {
      stage.control.fail({ on: 'history', kind });
      const error: unknown = await adopt(pictureTask(), 0).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(error instanceof ApplicationFailure && error.nonRetryable).toBe(false);
    }
  });

  it('ends at once when it is cancelled', async () => {
    const around = surroundings();
    stage.recorder.play('/requests/by-endpoint', (_call, behind) => {
      around.cancel();
      return behind();
    });
    await expect(adopt(pictureTask(), 600, around)).rejects.toMatchObject({ name: 'CancelledFailure' });
    expect(lookups()).toBe(1);
  });
});
