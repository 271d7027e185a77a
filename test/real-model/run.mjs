/**
 * A batch of three against a real, small model, by hand: `npm run test:real-model [-- json_schema|plain]`.
 * README.md beside this file tells what it needs, what it prints and what was seen.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isInstalled } from './cache.mjs';
import { Install } from './install-under-test.mjs';
import { reportOn } from './report.mjs';

const MODES = ['json_schema', 'plain'];
const MINUTES = Number(process.env.REAL_MODEL_MINUTES ?? 60);
const modes = process.argv.slice(2).length > 0 ? process.argv.slice(2) : MODES;
const say = (line) => process.stderr.write(`${line}\n`);

const unknown = modes.find((mode) => !MODES.includes(mode));
if (unknown !== undefined) {
  say(`'${unknown}' is neither ${MODES.join(' nor ')}`);
  process.exit(2);
}
if (!isInstalled()) {
  say('The model is not installed: node test/real-model/install.mjs');
  process.exit(2);
}

let allSettled = true;
for (const mode of modes) allSettled = (await tryMode(mode)) && allSettled;
// A block with its reasons on the record is a right end too; a post that still waits for its text is none.
process.exitCode = allSettled ? 0 : 1;

async function tryMode(mode) {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-real-model-'));
  const install = new Install(folder);
  process.once('SIGINT', () => void install.stop().then(() => process.exit(130)));
  try {
    await install.start(mode, say);
    const started = performance.now();
    const order = ['--account', 'tideclock', '--planner', 'harbor', '--mix', 'hero_text=3'];
    const { batchId } = await install.command('batch', 'start', ...order);
    const batch = await untilSettled(install, batchId, started);
    const posts = [];
    for (const { id } of batch.posts) posts.push(await install.command('post', 'status', id));
    process.stdout.write(reportOn({ mode, batch, posts, seconds: (performance.now() - started) / 1_000 }));
    return isSettled(batch);
  } finally {
    await install.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function untilSettled(install, batchId, started) {
  for (let last = ''; ; await sleep(5_000)) {
    const batch = await install.command('batch', 'status', batchId);
    const now = JSON.stringify([batch.status, batch.counts]);
    const seconds = Math.round((performance.now() - started) / 1_000);
    if (now !== last) say(`${seconds} s: ${now}`);
    last = now;
    if (isSettled(batch) || seconds > MINUTES * 60) return batch;
  }
}

/** Every post waits for a person or is blocked, or the batch itself is. */
function isSettled({ status, posts }) {
  if (['blocked', 'failed'].includes(status)) return true;
  return posts.length > 0 && posts.every((post) => ['awaiting_approval', 'blocked'].includes(post.status));
}
