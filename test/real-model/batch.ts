import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BatchStatus, PostStatus } from '../../contract/status.js';
import { AllInOne } from '../all-in-one.js';

const MINUTES = Number(process.env.REAL_MODEL_MINUTES ?? 60);
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Has a batch of three written, and says what came of it. @returns whether each of its posts came to an end */
export async function tryMode(mode: string): Promise<boolean> {
  const log = process.env.REAL_MODEL_LOG;
  const stdio = ['ignore', 'pipe', log ? openSync(log, 'a') : 'ignore'] as ['ignore', 'pipe', 'ignore'];
  const model = spawn(process.execPath, [here('server.mjs'), mode], { stdio });
  const install = new AllInOne();
  const stop = async (): Promise<void> => {
    await install.close();
    if (model.exitCode === null && model.kill()) await once(model, 'exit');
  };
  process.once('SIGINT', () => void stop().then(() => process.exit(130)));
  try {
    const [url] = (await once(createInterface({ input: model.stdout }), 'line')) as [string];
    say(`${mode}: SmolLM2 at ${url}`);
    await install.start({
      COPYDESK_ACCOUNTS: here('accounts'),
      // The model answers one call at a time: the last of three drafts waits for two others.
      COPYDESK_TEXT_TIMEOUT: process.env.COPYDESK_TEXT_TIMEOUT ?? '900',
      ...{ OPENAI_BASE_URL: url, OPENAI_API: 'chat' },
    });
    const started = performance.now();
    const order = ['--account', 'tideclock', '--planner', 'harbor', '--mix', 'hero_text=3'];
    const { batchId } = await install.json<{ batchId: string }>('batch', 'start', ...order);
    const batch = await untilSettled(install, batchId, started);
    const posts: PostStatus[] = [];
    for (const { id } of batch.posts) posts.push(await install.json('post', 'status', id));
    process.stdout.write(report(mode, batch, posts, secondsSince(started)));
    return isSettled(batch);
  } finally {
    await stop();
  }
}

const secondsSince = (started: number): number => Math.round((performance.now() - started) / 1_000);

async function untilSettled(install: AllInOne, batchId: string, started: number): Promise<BatchStatus> {
  for (let last = ''; ; await sleep(5_000)) {
    const batch = await install.json<BatchStatus>('batch', 'status', batchId);
    const now = JSON.stringify([batch.status, batch.counts]);
    const seconds = secondsSince(started);
    if (now !== last) say(`${seconds} s: ${now}`);
    last = now;
    if (isSettled(batch) || seconds > MINUTES * 60) return batch;
  }
}

/** Every post waits for a person or is blocked, or the batch itself is. */
function isSettled({ status, posts }: BatchStatus): boolean {
  if (['blocked', 'failed'].includes(status)) return true;
  return posts.length > 0 && posts.every((post) => ['awaiting_approval', 'blocked'].includes(post.status));
}

/** What came of a batch, in words: each post with its checks, its tries and what they cost. */
function report(mode: string, batch: BatchStatus, posts: readonly PostStatus[], seconds: number): string {
  const rows = (pipeline: PostStatus['pipeline'] | BatchStatus['pipeline']): string[] =>
    pipeline
      .filter(({ attempts }) => attempts > 0)
      .map(
        ({ step, state, attempts, costUsd, apiSeconds, provider, model, note }) =>
          `    ${step}: ${state}, ${attempts} tries, $${costUsd}, ${apiSeconds ?? '?'} s, ${provider} ${model}; ${note ?? ''}`,
      );
  const lines = [
    `== ${mode}: ${batch.status}, ${JSON.stringify(batch.counts)}, ${seconds} s`,
    `  cost $${batch.costUsd} (unknown $${batch.unknownUsd}), error ${JSON.stringify(batch.error)}`,
    ...rows(batch.pipeline),
    ...posts.flatMap((post) => [
      `  ${post.id} ${post.status}: "${post.title}"`,
      `    button: ${post.plan.button}`,
      `    body: ${JSON.stringify(post.body)}`,
      `    caption: ${JSON.stringify(post.caption)} ${post.hashtags.map((tag) => `#${tag}`).join(' ')}`,
      ...post.checks.filter(({ ok }) => !ok).map(({ rule, detail }) => `    misses ${rule}: ${detail}`),
      ...(post.error ? [`    ${post.error.type}: ${post.error.message}`] : []),
      ...rows(post.pipeline),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
