import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FalMedia } from '../services/media/fal.js';
import type { MediaTask } from './media-task.js';
import { createSubmit } from './submit.js';
import { closedUrl } from './testing/recorder.js';
import { clipTask, pictureTask, spend } from './testing/samples.js';
import { openStage, perform, surroundings, type Stage } from './testing/stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
beforeEach(() => stage.reset());
afterAll(() => stage.close(), 60_000);

const submit = (task: MediaTask, services = stage.services()) =>
  perform(createSubmit(services).submit, task, spend);
const posts = (): number => stage.recorder.sent('POST', '/queue.fal.run/').length;

describe('submit', () => {
  it.each([
    ['picture', pictureTask()],
    ['clip', clipTask()],
  ])('sends a %s once and answers its request id', async (_name, task) => {
    const submitted = await submit(task);
    const [bill] = await stage.bill();
    expect(submitted).toEqual({ outcome: 'submitted', requestId: bill?.requestId });
    const [call, ...more] = stage.recorder.sent('POST', task.endpoint);
    const { prompt, seed, imageUrl } = task;
    expect(JSON.parse(call?.body ?? '')).toMatchObject(
      imageUrl === null ? { prompt, seed } : { prompt, start_image_url: imageUrl },
    );
    expect(more).toEqual([]);
  });

  it.each([
    [{ kind: 'drop-after' }, 1],
    [{ kind: 'drop-before' }, 0],
    [{ kind: 'status', status: 500 }, 0],
    [{ kind: 'status', status: 503, accepted: true }, 1],
    [{ kind: 'status', status: 504 }, 0],
  ] as const)('does not know what became of %j', async (fault, bills) => {
    stage.control.fail({ on: 'submit', times: 5, ...fault });
    expect(await submit(pictureTask())).toEqual({
      outcome: 'unknown',
      reason: expect.stringMatching(/^fal: submit: /) as string,
    });
    expect(posts()).toBe(1);
    expect(await stage.bill()).toHaveLength(bills);
  });

  it('may be sent again after the wait that fal asks for', async () => {
    stage.control.fail({ on: 'submit', kind: 'status', status: 429, retryAfter: 3, times: 5 });
    expect(await submit(pictureTask())).toEqual({
      outcome: 'again',
      afterMs: 3_000,
      reason: 'fal: submit: Too many requests',
      type: 'Provider.RateLimited',
    });
    expect(posts()).toBe(1);
  });

  it('may be sent again when nobody listens', async () => {
    const media = new FalMedia({ key: 'sample', baseUrl: await closedUrl(), offline: true });
    expect(await submit(pictureTask(), stage.services({ media }))).toMatchObject({
      outcome: 'again',
      afterMs: null,
      type: 'Provider.Unreachable',
    });
  });

  it.each([
    [{ status: 401 }, 'Provider.Authentication'],
    [{ status: 403 }, 'Provider.QuotaUsedUp'],
    [{ status: 422 }, 'Provider.JobFailed'],
    [{ status: 422, code: 'content_policy_violation' }, 'Provider.ContentPolicy'],
  ])('%j waits for a person', async (fault, type) => {
    stage.control.fail({ on: 'submit', kind: 'status', times: 5, ...fault });
    await expect(submit(pictureTask())).rejects.toMatchObject({ type, nonRetryable: true });
    expect(posts()).toBe(1);
  });

  it('to an endpoint that fal does not know waits for a person', async () => {
    await expect(submit(pictureTask({ endpoint: 'fal-ai/nothing' }))).rejects.toMatchObject({
      type: 'Provider.UnknownModel',
      message: "fal: submit: Application 'fal-ai/nothing' not found",
    });
  });
});

describe('adopt', () => {
  const adopt = (task: MediaTask, adoptSeconds: number, around = surroundings()) =>
    around.run(createSubmit(stage.services({ adoptSeconds })).adopt, {
      task,
      since: new Date().toISOString(),
      from: new Date().toISOString(),
      spend,
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
    stage.control.set({ image: { latencyMs: 300 } });
    stage.control.fail({ on: 'submit', kind: 'drop-after' });
    await submit(task);
    const [bill] = await stage.bill();
    const around = surroundings();
    expect(await adopt(task, 30, around)).toEqual({ requestId: bill?.requestId, charge: null });
    expect(lookups()).toBeGreaterThan(1);
    expect(around.heartbeats.length).toBeGreaterThan(0);
  });

  it.each([
    ['picture', pictureTask(), 60_000_000],
    ['clip', clipTask(), 560_000_000],
    ['picture without a known price', pictureTask({ endpoint: 'fal-ai/flux/unheard-of' }), 300_000_000],
  ])('gives an unknown charge for a %s that is not there', async (_name, task, amount) => {
    expect(await adopt(task, 0)).toEqual({
      requestId: null,
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
      return around.run(createSubmit(stage.services({ adoptSeconds, now })).adopt, {
        task,
        since,
        from: since,
        spend,
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

  it('goes by the start of the submit where an older version has scheduled it', async () => {
    const task = pictureTask();
    const since = new Date(Date.now() - 10_000).toISOString();
    const { adopt: look } = createSubmit(stage.services({ adoptSeconds: 1 }));
    expect(await perform(look, { task, since })).toMatchObject({
      requestId: null,
      charge: { outcome: 'lost' },
    });
    expect(await perform(createSubmit(stage.services()).submit, task)).toMatchObject({
      outcome: 'submitted',
    });
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

describe('uploadFrame', () => {
  const bytes = new TextEncoder().encode('a frame');
  const upload = async () => {
    const services = stage.services();
    await services.assets.put('UpkTZ26nc9Eb_hero.png', bytes);
    return perform(createSubmit(services).uploadFrame, { asset: 'UpkTZ26nc9Eb_hero.png' });
  };

  it('puts the stored frame where fal reads it', async () => {
    const { url } = await upload();
    expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(bytes);
    const [call] = stage.recorder.sent('POST', '/storage/upload/initiate');
    expect(JSON.parse(call?.body ?? '')).toEqual({
      content_type: 'image/png',
      file_name: 'UpkTZ26nc9Eb_hero.png',
    });
  });

  it('is tried again by Temporal at 500, and waits for a person at 401', async () => {
    stage.control.fail({ on: 'upload', kind: 'status', status: 500 });
    await expect(upload()).rejects.toMatchObject({ type: 'Provider.ServerError', nonRetryable: false });
    stage.control.fail({ on: 'upload', kind: 'status', status: 401 });
    await expect(upload()).rejects.toMatchObject({ type: 'Provider.Authentication', nonRetryable: true });
  });

  it('says which asset is missing', async () => {
    const { uploadFrame } = createSubmit(stage.services());
    await expect(perform(uploadFrame, { asset: 'Missing00000_hero.png' })).rejects.toThrow(
      'No such asset: Missing00000_hero.png',
    );
  });
});
