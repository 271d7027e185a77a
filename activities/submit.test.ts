import { describe, expect, it } from 'vitest';
import { createAdopt, type AdoptTask } from './adopt.js';
import type { MediaTask } from './media-task.js';
import { createSubmit } from './submit.js';
import { clipTask, pictureTask, spend } from './testing/samples.js';
import { perform, surroundings } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

const stage = useStage();

const submit = (task: MediaTask, services = stage.services(), around = surroundings()) =>
  around.run(createSubmit(services).submit, task, spend);
const posts = (): number => stage.recorder.sent('POST', '/queue.fal.run/').length;

describe('submit', () => {
  it.each([
    ['picture', pictureTask()],
    ['clip', clipTask()],
  ])('sends a %s once and answers its request id', async (_name, task) => {
    const submitted = await submit(task);
    const [bill] = await stage.bill();
    expect(submitted).toEqual({ outcome: 'kept', requestId: bill?.requestId });
    const [call, ...more] = stage.recorder.sent('POST', task.endpoint);
    const { prompt, seed, imageUrl } = task;
    expect(JSON.parse(call?.body ?? '')).toMatchObject(
      imageUrl === null ? { prompt, seed } : { prompt, start_image_url: imageUrl },
    );
    expect(more).toEqual([]);
  });

  it.each([
    [{ kind: 'drop-after' }, 1],
    [{ kind: 'status', status: 503, accepted: true }, 1],
    [{ kind: 'status', status: 504 }, 0],
  ] as const)('does not know what became of %j, and holds its cost', async (fault, bills) => {
    const task = pictureTask();
    stage.control.fail({ on: 'submit', times: 5, ...fault });
    const reason = expect.stringMatching(/^fal: submit: /) as string;
    expect(await submit(task)).toEqual({ outcome: 'lost', reason });
    expect(posts()).toBe(1);
    expect(await stage.bill()).toHaveLength(bills);
    expect(await stage.isHeld(task.seed)).toBe(true);
  });

  it.each([
    [{ status: 429, retryAfter: 3 }, 'again', 3_000, 'Provider.RateLimited'],
    [{ status: 401 }, 'block', null, 'Provider.Authentication'],
  ])('that is turned away by %j is sent once and holds nothing', async (fault, then, afterMs, type) => {
    const task = pictureTask();
    stage.control.fail({ on: 'submit', kind: 'status', times: 5, ...fault });
    expect(await submit(task)).toMatchObject({ outcome: 'turned_away', then, afterMs, error: { type } });
    expect(posts()).toBe(1);
    expect(await stage.isHeld(task.seed)).toBe(false);
  });

  it('is not sent for a post that was cancelled while its budget was asked for', async () => {
    const [task, around] = [pictureTask(), surroundings()];
    stage.recorder.during('/pricing', around.cancel);
    expect(await submit(task, stage.services(), around)).toMatchObject({ outcome: 'not_sent', then: 'end' });
    expect(posts()).toBe(0);
    expect(await stage.isHeld(task.seed)).toBe(false);
  });

  it('is not sent by a worker that stops', async () => {
    const services = stage.services({ stopping: AbortSignal.abort() });
    expect(await submit(pictureTask(), services)).toMatchObject({ outcome: 'not_sent', then: 'again' });
    expect(posts()).toBe(0);
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
    const named = { content_type: 'image/png', file_name: 'UpkTZ26nc9Eb_hero.png' };
    expect(JSON.parse(call?.body ?? '')).toEqual(named);
  });

  it('is tried again by Temporal at 500, and waits for a person at 401', async () => {
    stage.control.fail({ on: 'upload', kind: 'status', status: 500 });
    await expect(upload()).rejects.toMatchObject({ type: 'Provider.ServerError', nonRetryable: false });
    stage.control.fail({ on: 'upload', kind: 'status', status: 401 });
    await expect(upload()).rejects.toMatchObject({ type: 'Provider.Authentication', nonRetryable: true });
  });
});

describe('adopt', () => {
  const adopt = (task: MediaTask, services = stage.services(), order: Partial<AdoptTask> = {}) => {
    const since = new Date().toISOString();
    const whole = { task, since, from: since, spend, once: false, last: false, ...order };
    return perform(createAdopt(services).adopt, whole);
  };
  const patient = (adoptSeconds: number | null) => stage.services({ adoptSeconds });
  const lookups = (): number => stage.recorder.sent('GET', '/requests/by-endpoint').length;
  /** Submits without an answer. @returns the request id that fal gave all the same */
  const submitInVain = async (task: MediaTask): Promise<string | undefined> => {
    stage.control.fail({ on: 'submit', kind: 'drop-after' });
    await submit(task);
    return (await stage.bill())[0]?.requestId;
  };

  it('finds the job whose submit had no answer, at the first look', async () => {
    const task = clipTask();
    const requestId = await submitInVain(task);
    expect(await adopt(task)).toEqual({ requestId, charge: null });
    expect([posts(), lookups()]).toEqual([1, 1]);
  });

  it('goes on looking for a job that has not ended yet', async () => {
    const task = pictureTask();
    stage.control.set({ image: { latencyMs: 2_500 } });
    const requestId = await submitInVain(task);
    expect(await adopt(task, patient(30))).toEqual({ requestId, charge: null });
    expect(lookups()).toBeGreaterThan(1);
  });

  it.each([
    ['picture', pictureTask(), 60_000_000],
    ['clip', clipTask(), 560_000_000],
    ['picture without a known price', pictureTask({ endpoint: 'fal-ai/flux/unheard-of' }), 300_000_000],
  ])('gives an unknown charge for a %s that is not there', async (_name, task, amount) => {
    const { step, seed, endpoint: model } = task;
    const key = `post/UpkTZ26nc9Eb/${step}/${seed}`;
    expect(await adopt(task)).toMatchObject({
      ...{ requestId: null, until: expect.any(String) as string },
      charge: {
        key,
        step,
        model,
        amount,
        basis: 'unknown',
        outcome: 'lost',
        quantity: null,
        requestId: null,
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
      const services = stage.services({ adoptSeconds, now: () => new Date(start + passed) });
      const since = new Date(start).toISOString();
      const order = { task, since, from: since, spend, once: false, last: false };
      return around.run(createAdopt(services).adopt, order);
    };
    expect(await look(seconds * 1_000)).toMatchObject({ requestId: null, charge: { outcome: 'lost' } });
    expect(lookups()).toBe(1);
    const around = surroundings();
    stage.recorder.during('/requests/by-endpoint', around.cancel);
    // It was about to wait for another look, and ends at once.
    await expect(look(seconds * 1_000 - 1, around)).rejects.toMatchObject({ name: 'CancelledFailure' });
    expect(lookups()).toBe(2);
  });

  it('looks a single time where a person has said to go on', async () => {
    const task = pictureTask();
    const look = () => adopt(task, patient(null), { once: true });
    expect(await look()).toMatchObject({ requestId: null, charge: { outcome: 'lost' } });
    expect(lookups()).toBe(1);
    const requestId = await submitInVain(task);
    expect(await look()).toEqual({ requestId, charge: null });
  });

  it('is left to another worker by one that stops', async () => {
    const stopping = new AbortController();
    stage.recorder.during('/requests/by-endpoint', () => stopping.abort());
    const services = stage.services({ adoptSeconds: 600, stopping: stopping.signal });
    const left = { type: 'Worker.Stopping', nonRetryable: false };
    await expect(adopt(pictureTask(), services)).rejects.toMatchObject(left);
    expect(lookups()).toBe(1);
  });

  it('waits for a person where the key may not read the history, unless the post has ended', async () => {
    stage.control.fail({ on: 'history', kind: 'status', status: 403, times: 2 });
    const refused = { type: 'Provider.Forbidden', nonRetryable: true };
    await expect(adopt(pictureTask())).rejects.toMatchObject(refused);
    const lost = { requestId: null, charge: { outcome: 'lost' } };
    expect(await adopt(pictureTask(), undefined, { last: true })).toMatchObject(lost);
  });

  it.each(['drop-before', 'status'] as const)('is tried again at %s of the history', async (kind) => {
    stage.control.fail({ on: 'history', kind });
    await expect(adopt(pictureTask())).rejects.toMatchObject({ nonRetryable: false });
  });
});
