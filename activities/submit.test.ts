import { describe, expect, it } from 'vitest';
import { FalMedia } from '../services/media/fal.js';
import type { MediaTask } from './media-task.js';
import { createSubmit } from './submit.js';
import { closedUrl } from './testing/recorder.js';
import { clipTask, pictureTask, spend } from './testing/samples.js';
import { perform, surroundings, type Stage } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

let stage: Stage;
useStage((opened) => (stage = opened));

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
    [{ kind: 'drop-before' }, 0],
    [{ kind: 'status', status: 500 }, 0],
    [{ kind: 'status', status: 503, accepted: true }, 1],
    [{ kind: 'status', status: 504 }, 0],
  ] as const)('does not know what became of %j', async (fault, bills) => {
    stage.control.fail({ on: 'submit', times: 5, ...fault });
    expect(await submit(pictureTask())).toEqual({
      outcome: 'lost',
      reason: expect.stringMatching(/^fal: submit: /) as string,
    });
    expect(posts()).toBe(1);
    expect(await stage.bill()).toHaveLength(bills);
  });

  it('may be sent again after the wait that fal asks for', async () => {
    stage.control.fail({ on: 'submit', kind: 'status', status: 429, retryAfter: 3, times: 5 });
    expect(await submit(pictureTask())).toMatchObject({
      outcome: 'turned_away',
      then: 'again',
      afterMs: 3_000,
      error: { type: 'Provider.RateLimited', message: 'fal: submit: Too many requests' },
    });
    expect(posts()).toBe(1);
  });

  it('may be sent again when nobody listens', async () => {
    const media = new FalMedia({ key: 'sample', baseUrl: await closedUrl(), offline: true });
    expect(await submit(pictureTask(), stage.services({ media }))).toMatchObject({
      outcome: 'turned_away',
      then: 'again',
      afterMs: null,
      error: { type: 'Provider.Unreachable' },
    });
  });

  it.each([
    [{ status: 401 }, 'Provider.Authentication'],
    [{ status: 403 }, 'Provider.QuotaUsedUp'],
    [{ status: 422 }, 'Provider.JobFailed'],
    [{ status: 422, code: 'content_policy_violation' }, 'Provider.ContentPolicy'],
  ])('%j waits for a person', async (fault, type) => {
    stage.control.fail({ on: 'submit', kind: 'status', times: 5, ...fault });
    expect(await submit(pictureTask())).toMatchObject({
      outcome: 'turned_away',
      then: 'block',
      error: { type },
    });
    expect(posts()).toBe(1);
  });

  it('to an endpoint that fal does not know waits for a person', async () => {
    expect(await submit(pictureTask({ endpoint: 'fal-ai/nothing' }))).toMatchObject({
      outcome: 'turned_away',
      then: 'block',
      error: {
        type: 'Provider.UnknownModel',
        message: "fal: submit: Application 'fal-ai/nothing' not found",
      },
    });
  });

  it('is not sent for a post that was cancelled while its budget was asked for', async () => {
    const around = surroundings();
    const task = pictureTask();
    stage.recorder.play('/pricing', (_call, behind) => {
      around.cancel();
      return behind();
    });
    expect(await around.run(createSubmit(stage.services()).submit, task, spend)).toMatchObject({
      outcome: 'not_sent',
      then: 'end',
    });
    expect(posts()).toBe(0);
    const held = await stage.archive.ledger.listHolds({ postId: task.postId });
    expect(held.filter(({ key }) => key.endsWith(`/${task.seed}`))).toEqual([]);
  });

  it('is not sent by a worker that stops', async () => {
    const stopping = AbortSignal.abort();
    expect(await submit(pictureTask(), stage.services({ stopping }))).toMatchObject({
      outcome: 'not_sent',
      then: 'again',
    });
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
