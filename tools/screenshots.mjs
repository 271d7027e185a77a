import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { root } from './paths.mjs';
import { ensureChromium } from './programs.mjs';
import { fail, say } from './run.mjs';

// Takes the pictures of docs/images from a new install: the built all-in-one over a temporary folder, offline.

const WIDTH = 1_000;
const images = join(root, 'docs', 'images');
const folder = mkdtempSync(join(tmpdir(), 'copydesk-screenshots-'));
const env = { ...withoutOwnSettings(process.env), ...(await place(folder)) };
const up = spawn(process.execPath, [join(root, 'dist', 'workers', 'up.js'), '--json'], {
  cwd: root,
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser = null;
let problem = null;
try {
  const ready = await readyOf(up);
  browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  const { posts } = await firstBatch();
  const article = posts.find(({ contentFormat }) => contentFormat === 'hero_text');
  const clip = posts.find(({ contentFormat }) => contentFormat === 'video');
  const waiting = posts.find((post) => post !== article && post !== clip);
  await copydesk('approve', article.id, clip.id, '--by', 'ana');
  await Promise.all([published(article.id), published(clip.id)]);
  mkdirSync(images, { recursive: true });
  await takePictures(ready, { article, waiting });
} catch (error) {
  problem = error;
} finally {
  await browser?.close();
  if (up.exitCode === null && up.kill('SIGINT')) await once(up, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
if (problem) fail(`No pictures: ${problem.message}`);

async function takePictures({ desk, temporalUi }, { article, waiting }) {
  const workflows = `${temporalUi}/namespaces/default/workflows`;
  const account = `${desk}/@${article.account}`;

  await picture('post-page.png', `${account}/posts/${article.id}`, { whole: true });
  await picture('account-page.png', account);
  await picture('temporal-ui-post.png', `${workflows}/${encodeURIComponent(`post/${waiting.id}`)}`, {
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Current Details' }).click();
      await page.getByText('Hero image: done').first().waitFor();
      // The page of a workflow goes on under its history's fold; the pointer must not light up a row.
      await page.mouse.move(0, 0);
    },
  });
  const query = encodeURIComponent("PostStatus='awaiting_approval'");
  await picture('temporal-ui-list.png', `${workflows}?query=${query}`, {
    height: 520,
    prepare: (page) => page.getByRole('link', { name: `post/${waiting.id}` }).waitFor(),
  });
}

async function picture(name, address, { whole = false, height = 800, prepare = async () => {} } = {}) {
  const width = name.startsWith('temporal') ? 1_280 : WIDTH;
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1 });
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  await prepare(page);
  await page.screenshot({ path: join(images, name), fullPage: whole, animations: 'disabled' });
  await page.close();
  say(`docs/images/${name}`);
}

/** The batch that a new install starts by itself, once every post waits; each post with its account. */
async function firstBatch() {
  for (;;) {
    const { batches } = await copydesk('batch', 'list');
    if (batches.length > 0) {
      const { posts, account } = await copydesk('batch', 'status', batches[0].id, '--watch');
      return { posts: posts.map((post) => ({ ...post, account })) };
    }
    await sleep(200);
  }
}

async function published(id) {
  while ((await copydesk('post', 'status', id)).status !== 'published') await sleep(200);
}

async function copydesk(...args) {
  const command = [join(root, 'dist', 'client', 'copydesk.js'), ...args, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, env });
  return JSON.parse(stdout);
}

async function readyOf({ stdout }) {
  for await (const line of createInterface({ input: stdout })) {
    const { ready, error, ...addresses } = JSON.parse(line);
    if (ready) return addresses;
    throw new Error(error.message);
  }
  throw new Error('the all-in-one ended before it was ready');
}

/** Pictures are of an offline install, whatever this shell is set up for. */
function withoutOwnSettings(environment) {
  const own = /^(COPYDESK|OPENAI|FAL|TEMPORAL)_|^DATABASE_URL$/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !own.test(name)));
}

async function place(data) {
  const [port, temporalPort] = [await freePort(), await freePort()];
  return { COPYDESK_DATA: data, COPYDESK_PORT: port, COPYDESK_TEMPORAL_PORT: temporalPort };
}

/** A free port; the one 1000 above, the Temporal UI's, is free too. */
async function freePort() {
  for (;;) {
    const port = await listened(0);
    if (port !== null && port < 64_535 && (await listened(port + 1_000)) !== null) return String(port);
  }
}

function listened(port) {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(null));
    probe.listen(port, '127.0.0.1', () => {
      const { port: got } = probe.address();
      probe.close(() => resolve(got));
    });
  });
}
