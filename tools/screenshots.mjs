import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { root } from './paths.mjs';
import { ensureChromium } from './programs.mjs';
import { fail, say } from './run.mjs';

// Takes the pictures of docs/images from a new install: the built all-in-one over a temporary folder, offline.

const WIDTH = 1_000;
const TEMPORAL_WIDTH = 1_440;
const SIGNAL_WIDTH = 1_100;
/** What the gear below the list keeps of the columns that a person has chosen, in Temporal UI 2.39. */
const LIST_COLUMNS = {
  'namespace-workflow-table-columns': JSON.stringify({
    default: ['Workflow ID', 'CopydeskAccount', 'ContentFormat', 'CostUsd', 'PostStatus', 'Start'].map(
      (label) => ({ label }),
    ),
  }),
};
const executablePath = ensureChromium();
const images = join(root, 'docs', 'images');
const folder = mkdtempSync(join(tmpdir(), 'copydesk-screenshots-'));
const env = { ...withoutOwnSettings(process.env), ...(await place(folder)) };
const up = spawn(process.execPath, [join(root, 'dist', 'workers', 'up.js'), '--json'], {
  cwd: root,
  // The addresses on the pages are those of an install with the default ports.
  env: { ...env, COPYDESK_URL: 'http://127.0.0.1:8300' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let browser = null;
let problem = null;
try {
  const { temporalUi } = await readyOf(up);
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  const { id: batchId, posts } = await firstBatch();
  const article = posts.find(({ contentFormat }) => contentFormat === 'hero_text');
  const clip = posts.find(({ contentFormat }) => contentFormat === 'video');
  const waiting = posts.find((post) => post !== article && post !== clip);
  await copydesk('approve', article.id, clip.id, '--by', 'ana');
  await Promise.all([published(article.id), published(clip.id)]);
  mkdirSync(images, { recursive: true });
  await takePictures(
    { desk: `http://127.0.0.1:${env.COPYDESK_PORT}`, temporalUi },
    { article, waiting, batchId },
  );
} catch (error) {
  problem = error;
} finally {
  await browser?.close();
  if (up.exitCode === null && up.kill('SIGINT')) await once(up, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
if (problem) fail(`No pictures: ${problem.message}`);

async function takePictures({ desk, temporalUi }, { article, waiting, batchId }) {
  const workflows = `${temporalUi}/namespaces/default/workflows`;
  const account = `${desk}/@${article.account}`;

  await deskPictures(desk, { waiting, batchId });
  await picture('post-page.png', `${account}/posts/${article.id}`, {
    whole: true,
    prepare: async (page) => {
      await page.getByText('How this was made').click();
      await imagesLoaded(page);
    },
  });
  await picture('account-page.png', account, { prepare: imagesLoaded });
  const postAddress = `${workflows}/${encodeURIComponent(`post/${waiting.id}`)}`;
  await picture('temporal-ui-post.png', postAddress, {
    width: TEMPORAL_WIDTH,
    height: 760,
    prepare: (page) => openDetails(page, ['Current Details'], 'Hero image: done'),
  });
  await picture('temporal-ui-signal.png', postAddress, {
    width: SIGNAL_WIDTH,
    height: 720,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Workflow Actions' }).click();
      await page.getByRole('menuitem', { name: 'Send a Signal' }).click();
      await page.getByRole('button', { name: 'Select a signal' }).click();
      await page.getByRole('option', { name: /^approve/ }).waitFor();
    },
  });
  await picture('temporal-ui-batch.png', `${workflows}/${encodeURIComponent(`batch/${batchId}`)}`, {
    width: TEMPORAL_WIDTH,
    height: 880,
    prepare: (page) => openDetails(page, ['Summary & Details', 'Current Details'], 'posts started'),
  });
  const query = encodeURIComponent("PostStatus='awaiting_approval'");
  await picture('temporal-ui-list.png', `${workflows}?query=${query}`, {
    width: TEMPORAL_WIDTH,
    height: 520,
    storage: LIST_COLUMNS,
    prepare: (page) => page.getByRole('link', { name: `post/${waiting.id}` }).waitFor(),
  });
}

/** The desk as an editor sees it. */
async function deskPictures(desk, { waiting, batchId }) {
  const cookies = await signIn(desk);
  const wide = { width: TEMPORAL_WIDTH, height: 900, cookies, prepare: imagesLoaded };
  await picture('desk.png', `${desk}/desk`, wide);
  await picture('desk-batch.png', `${desk}/desk/batches/${batchId}`, wide);
  await picture('desk-narrow.png', `${desk}/desk/posts/${waiting.id}`, { ...wide, width: 390, height: 844 });
}

async function signIn(desk) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${desk}/desk`);
  await page.getByLabel('Token').fill(readFileSync(join(folder, 'token'), 'utf8').trim());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

/** The page's own pictures come after it. */
async function imagesLoaded(page) {
  await page.waitForFunction(() =>
    [...document.images].every((image) => image.naturalWidth > 0 || !image.checkVisibility()),
  );
}

/** Opens parts of a workflow's page; resolves when the last one shows the text. */
async function openDetails(page, names, text) {
  for (const name of names) await page.getByRole('button', { name, exact: true }).click();
  // The UI shows Markdown in frames of their own.
  await page.frameLocator('iframe >> nth=-1').getByText(text).waitFor();
  // Beside everything that lights up under the pointer.
  await page.mouse.move(700, 90);
}

async function picture(
  name,
  address,
  { whole = false, width = WIDTH, height = 800, storage = {}, cookies = [], prepare = async () => {} } = {},
) {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1 });
  await page.context().addCookies(cookies);
  await page.addInitScript((entries) => {
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
  }, storage);
  await page.goto(address);
  await prepare(page);
  const taken = await page.screenshot({ fullPage: whole, animations: 'disabled' });
  // 256 colours make a third of the bytes, and nobody sees it.
  await sharp(taken).png({ palette: true }).toFile(join(images, name));
  await page.close();
  say(`docs/images/${name}`);
}

/** The batch that a new install starts by itself, once every post waits; each post with its account. */
async function firstBatch() {
  for (;;) {
    const { batches } = await copydesk('batch', 'list');
    if (batches.length > 0) {
      const { posts, account } = await copydesk('batch', 'status', batches[0].id, '--watch');
      return { id: batches[0].id, posts: posts.map((post) => ({ ...post, account })) };
    }
    await sleep(200);
  }
}

async function published(id) {
  while ((await copydesk('post', 'status', id)).status !== 'published') await sleep(200);
}

async function copydesk(...args) {
  const command = [join(root, 'dist', 'command', 'copydesk.js'), ...args, '--json'];
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
  return {
    COPYDESK_ENV_FILE: 'none',
    COPYDESK_DATA: data,
    COPYDESK_PORT: port,
    COPYDESK_TEMPORAL_PORT: temporalPort,
  };
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
