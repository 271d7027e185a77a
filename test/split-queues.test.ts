import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { Program } from './bad-days/program.js';
import { LONGEST_MS, Scene } from './bad-days/scene.js';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
}, 60_000);

const NO_TEXT = { OPENAI_API_KEY: '', OPENAI_BASE_URL: '' };
const NO_MEDIA = { FAL_KEY: '', FAL_BASE_URL: '' };

it(
  'a worker for each kind of work has only the keys and servers that it needs, and a post comes through them all',
  async () => {
    scene = await Scene.open();
    await scene.startTemporal();
    const elsewhere = join(scene.folder, 'elsewhere');
    const workers = await Promise.all([
      scene.startWorker({ ...NO_TEXT, ...NO_MEDIA, DATABASE_URL: '', COPYDESK_DATA: elsewhere }, 'workflows'),
      scene.startWorker(NO_MEDIA, 'text'),
      scene.startWorker(NO_TEXT, 'media'),
      scene.startWorker({ ...NO_TEXT, ...NO_MEDIA }, 'record,publish,deliver'),
    ]);
    const queues = workers.map((worker) =>
      worker
        .said(/^worker: polling/)[0]
        ?.split(': ')
        .at(-1),
    );
    expect(queues).toEqual(['workflows', 'text', 'media', 'publish, deliver, record']);
    const batchId = await scene.startBatch({ hero_text: 1 });
    const waiting = await scene.batchUntil(batchId, ({ counts }) => counts.awaiting_approval === 1);
    expect(waiting.offline, 'both providers are real to whom they concern').toBe(false);
    const postId = String(waiting.posts[0]?.id);
    await scene.signal(postId, 'approve', { by: 'mo' });
    await scene.batchUntil(batchId, ({ status }) => status === 'done');
    expect(await scene.jobs()).toBe(1);
    expect(existsSync(join(elsewhere, 'archive')), 'workflows need no archive').toBe(false);
    expect(existsSync(join(scene.data, 'offline')), 'nobody started a stand-in').toBe(false);
    for (const worker of workers) expect(await worker.end()).toBe(0);
  },
  LONGEST_MS,
);

it.each([
  [
    'text,pictures',
    /^queues='pictures' is not a queue; give some of workflows, text, media, answer, publish, deliver, record/,
  ],
  ['', /^queues='' is not a queue/],
])('copydesk worker --queues %j is refused in one line', async (queues, line) => {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  const program = new Program('command/copydesk.js', env, ['worker', '--queues', queues]);
  expect(await program.exited()).toBe(2);
  expect(program.words.trim().split('\n')).toEqual([expect.stringMatching(line) as string]);
});

it(
  'copydesk worker and copydesk desk run, say that they are ready as JSON, and pass a stop on',
  async () => {
    scene = await Scene.open();
    await scene.startTemporal();
    const worker = scene.program('command/copydesk.js', {}, ['worker', '--queues', 'text', '--json']);
    await worker.says(/^\{"ready":true/);
    expect(JSON.parse(worker.said(/^\{/)[0] ?? '')).toEqual({
      ready: true,
      temporal: scene.temporalAddress,
      namespace: 'default',
      queues: ['text'],
    });
    const desk = scene.program('command/copydesk.js', { COPYDESK_PORT: '0' }, ['desk', '--json']);
    expect(await desk.exited(), 'a wrong port is wrong use').toBe(2);
    expect(await worker.end()).toBe(0);
  },
  LONGEST_MS,
);
