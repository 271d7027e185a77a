import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, expect, it, vi } from 'vitest';
import { startRecorder, type Recorder } from '../activities/testing/recorder.js';
import type { BatchStatus } from '../contract/status.js';
import { LONGEST_MS, Scene } from './bad-days/scene.js';
import { until } from './until.js';

vi.setConfig({ testTimeout: LONGEST_MS + 120_000 });
let scene: Scene;
afterEach(() => scene?.close());

/** A picture that takes seconds to decode: the time to kill the worker at it, as a fault in a decoder would. */
const slowPicture = (): Promise<Buffer> =>
  sharp({ create: { width: 6_300, height: 6_300, channels: 4, background: '#35506b80' } })
    .toColourspace('rgb16')
    .png({ progressive: true, compressionLevel: 1 })
    .toBuffer();

/** From now on the file that is asked for first is `bytes`, also when it is asked for again. */
function poisonFirstFile(recorder: Recorder, bytes: Buffer): void {
  let poisoned: string | null = null;
  recorder.play('/v3.fal.media/files/', (call, behind) => {
    poisoned ??= call.path;
    const headers = { 'content-type': 'image/png' };
    return call.path === poisoned ? { status: 200, headers, body: bytes } : behind();
  });
}

/** Waits until a file of so many bytes is handled for the n-th time, and for long: another one is done within a moment. */
async function handledAtLength(
  folder: string,
  { bytes, tries }: { bytes: number; tries: number },
): Promise<void> {
  const sizeOf = (name: string): Promise<number> =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    );
  const handled = async (): Promise<string[]> => {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(`.try${tries}`));
    const sizes = await Promise.all(names.map(sizeOf));
    return names.filter((_name, at) => sizes[at] === bytes);
  };
  let before: string[] = [];
  await until(
    async () => {
      const now = await handled();
      const stays = now.some((name) => before.includes(name));
      before = now;
      return stays;
    },
    (stays) => stays,
    300,
  );
}

const blocked = ({ posts }: BatchStatus) => posts.find(({ status }) => status === 'blocked');

it('a file that has ended the worker twice blocks its post and says so, and the other posts go on', async () => {
  scene = await Scene.open();
  await scene.startTemporal();
  const recorder = await startRecorder(new URL(scene.standIns.falBaseUrl).origin);
  scene.defer(() => recorder.close());
  const poison = await slowPicture();
  poisonFirstFile(recorder, poison);
  const env = { FAL_BASE_URL: `${recorder.url}/fal` };
  const incoming = join(scene.data, 'incoming');

  let worker = await scene.startWorker(env);
  const batchId = await scene.startBatch({ hero_text: 3 });
  for (const tries of [1, 2]) {
    await handledAtLength(incoming, { bytes: poison.length, tries });
    await worker.end('SIGKILL');
    worker = await scene.startWorker(env);
  }

  const status = await scene.batchUntil(
    batchId,
    ({ counts }) => counts.blocked === 1 && counts.awaiting_approval === 2,
  );
  const postId = String(blocked(status)?.id);
  const post = await scene.postUntil(postId, () => true);
  expect(post.error).toMatchObject({
    type: 'Asset.Refused',
    message: expect.stringMatching(
      /^the file has ended its process twice while it was checked; it was paid for: resume fetches it again/,
    ) as string,
  });
  expect(post.pipeline.find(({ step }) => step === 'hero_image')?.costUsd).toBe(0.06);

  recorder.reset();
  await scene.signal(postId, 'resume', { by: 'mo' });
  await scene.postUntil(postId, (now) => now.status === 'awaiting_approval');
  expect(await scene.jobs(), 'each picture was paid for once').toBe(3);
  expect(await readdir(incoming), 'nothing is left on the way').toEqual([]);
});
