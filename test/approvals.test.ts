import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchWorkflowId, postWorkflowId } from '../contract/ids.js';
import type { BatchPost, BatchStatus, PipelineRow, PostStatus, ReviewEntry } from '../contract/status.js';
import { commandOf } from '../workers/temporal/command-line.js';
import { AllInOne, type Ready } from './all-in-one.js';
import { launchChromium } from './chromium.js';
import {
  detailsInTemporalUi,
  listInTemporalUi,
  signalInTemporalUi,
  signalsInTemporalUi,
} from './temporal-ui.js';

const install = new AllInOne();
const accounts = mkdtempSync(join(tmpdir(), 'copydesk-accounts-'));
let ready: Ready;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  cpSync('accounts', accounts, { recursive: true });
  ready = await install.start({ COPYDESK_ACCOUNTS: accounts });
  browser = await launchChromium();
  page = await browser.newPage();
  page.setDefaultTimeout(20_000);
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await install.close();
  rmSync(accounts, { recursive: true, force: true });
}, 60_000);

const started = new Date();
const postPage = (id: string): string => `${ready.desk}/@ashtalksai/posts/${id}`;
const statusOf = (id: string): Promise<PostStatus> => install.json('post', 'status', id);
const get = async (url: string): Promise<{ status: number; text: string }> => {
  const answer = await fetch(url);
  return { status: answer.status, text: await answer.text() };
};

describe('the first batch of a new install', () => {
  let batch: BatchStatus;
  let article: BatchPost;
  let clip: BatchPost;
  let published: Record<'command' | 'cli' | 'ui', BatchPost>;
  let unpublished: Record<'rejected' | 'cancelled', BatchPost>;
  beforeAll(async () => {
    batch = await install.firstBatch();
    expect(batch.counts).toEqual({ awaiting_approval: 5 });
    const video = batch.posts.find((post) => post.contentFormat === 'video');
    const [first, second, third, fourth] = batch.posts.filter((post) => post !== video);
    if (!video || !first || !second || !third || !fourth) throw new Error('not 1 video and 4 hero_text');
    [article, clip] = [first, video];
    published = { command: first, cli: video, ui: second };
    unpublished = { rejected: third, cancelled: fourth };
  }, 120_000);

  it('shows no post to strangers before a person has decided', async () => {
    for (const { id } of [...Object.values(published), ...Object.values(unpublished)])
      expect((await get(postPage(id))).status).toBe(404);
  });

  it('is, filtered by PostStatus, the queue of the waiting posts in the Temporal UI', async () => {
    const rows = await listInTemporalUi(page, ready.temporalUi, {
      query: "PostStatus='awaiting_approval'",
      columns: ['Workflow ID', 'CopydeskAccount', 'ContentFormat', 'CostUsd', 'PostStatus'],
    });
    const waiting = batch.posts.map(({ id, contentFormat, costUsd }) => ({
      'Workflow ID': postWorkflowId(id),
      CopydeskAccount: 'ashtalksai',
      ContentFormat: contentFormat,
      CostUsd: String(costUsd),
      PostStatus: 'awaiting_approval',
    }));
    expect(rows).toHaveLength(5);
    expect(rows).toEqual(expect.arrayContaining(waiting));
  });

  it('shows of a waiting post in the Temporal UI its summary, its pipeline with costs, and what it says to people', async () => {
    const { summary, details } = await detailsInTemporalUi(page, ready.temporalUi, postWorkflowId(clip.id));
    expect(summary).toBe(`ashtalksai · video · ${clip.title}`);
    const lines = details.split('\n').filter((line) => line.trim() !== '');
    expect(lines).toEqual([
      clip.title,
      'awaiting approval at gate publish · revision 1 · $0.62 · offline sample · at the desk',
      'To decide: the arrow beside Request Cancellation, Send a Signal, then approve, reject, revise or edit',
      'Plan: done · paid by the batch',
      expect.stringMatching(
        /^Draft: done · openai gpt-\S+ · sample · [\d.]+ s · \$0\.000\d · prompt draft_video@\d+$/,
      ),
      expect.stringMatching(
        new RegExp(
          `^Hero image: done · fal-ai/\\S+ · sample · [\\d.]+ s · \\$0\\.06 · ${clip.id}_hero\\.png$`,
        ),
      ),
      expect.stringMatching(
        new RegExp(`^Video: done · fal-ai/\\S+ · sample · [\\d.]+ s · \\$0\\.56 · ${clip.id}_video\\.mp4$`),
      ),
      'Review: running · gate publish',
      'Publish: pending · feed',
      expect.stringMatching(/^Caption: \S/),
    ]);
  });

  it('links each post in the Temporal UI to its files and to its page at the desk, which the signed-in may see', async () => {
    const { details, links } = await detailsInTemporalUi(page, ready.temporalUi, postWorkflowId(article.id));
    expect(details).toContain('Hero image: done');
    expect(links).toEqual({
      'at the desk': postPage(article.id),
      [`${article.id}_hero.png`]: `${ready.desk}/assets/${article.id}_hero.png`,
    });
    await page.goto(`${ready.desk}/desk`);
    await page.getByLabel('Token').fill(readFileSync(join(install.data, 'token'), 'utf8').trim());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();

    await page.goto(
      `${ready.temporalUi}/namespaces/default/workflows/${encodeURIComponent(`post/${article.id}`)}`,
    );
    await page.getByRole('button', { name: 'Current Details', exact: true }).click();
    const [atDesk] = await Promise.all([
      page.context().waitForEvent('page'),
      page.frameLocator('iframe').getByRole('link', { name: 'at the desk' }).click(),
    ]);
    expect(await atDesk.getByRole('heading', { level: 1 }).innerText()).toBe(article.title);
    await atDesk.close();
  });

  it('has the Temporal UI list what a person may send, each with a description', async () => {
    const signals = await signalsInTemporalUi(page, ready.temporalUi, article.id);
    expect(signals).toEqual({
      approve: expect.stringMatching(/^Approve for the open gate\. \{"by":"you"\}/),
      reject: expect.stringMatching(/^Reject; the post is never published\. \{"by":"you","reason"/),
      revise: expect.stringMatching(/^Have it made again\. \{"by":"you","instructions"/),
      edit: expect.stringMatching(/^Put your own words in\. \{"by":"you"\}/),
      resume: expect.stringMatching(/^Try again what failed: .* \{"by":"you"\}$/),
      reschedule: expect.stringMatching(/^Another time, while it is scheduled\. \{"by":"you","publishAt"/),
      cancel: expect.stringMatching(/^Stop the post, before it is published\. \{"by":"you","reason"/),
      unpublishing: expect.stringMatching(/not for people$/),
      // The UI's own, for a signal of any other name.
      Custom: expect.any(String),
    });
  });

  it('has a summary on every activity of the history', async () => {
    const { stdout } = await install.temporal(
      ...['workflow', 'show', '--address', ready.temporal, '--workflow-id', postWorkflowId(clip.id)],
      ...['--output', 'json'],
    );
    const { events } = JSON.parse(stdout) as { events: HistoryEvent[] };
    const summaries = events
      .filter(({ eventType }) => eventType === 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED')
      .map(({ userMetadata }) => text(userMetadata?.summary?.data));
    expect(summaries).toEqual([
      `Draft: ${clip.title}`,
      expect.stringMatching(/^Hero image: submit to fal-ai\//),
      expect.stringMatching(/^Hero image: wait for \S+$/),
      `Upload ${clip.id}_hero.png`,
      expect.stringMatching(/^Video: submit to fal-ai\//),
      expect.stringMatching(/^Video: wait for \S+$/),
      'record: awaiting_approval',
    ]);
  });

  it('has its own summary, its costs, its counts and its posts with links in the Temporal UI', async () => {
    const { summary, details, links } = await detailsInTemporalUi(
      page,
      ready.temporalUi,
      batchWorkflowId(batch.id),
    );
    expect(summary).toBe(`ashtalksai · ${batch.planner} · 1 video, 4 hero_text`);
    const lines = details.split('\n').filter((line) => line.trim() !== '');
    expect(lines).toEqual([
      `@ashtalksai · ${batch.planner}`,
      expect.stringMatching(/^running · \$0\.8\d of \$5\.00 · offline sample$/),
      '5 of 5 posts started · 5 awaiting approval',
      ...batch.posts.map(
        ({ id, title, contentFormat }) =>
          `awaiting approval · ${contentFormat} · ${contentFormat === 'video' ? '$0.62' : '$0.06'} · ${id} · ${title}`,
      ),
      batch.specialMessage,
    ]);
    expect(links).toEqual(Object.fromEntries(batch.posts.map(({ id, title }) => [title, postPage(id)])));
  });

  it('has another revision refused with one line and exit code 1, which changes nothing', async () => {
    const args = ['approve', article.id, '--revision', '2'];
    const people = await install.command(...args);
    expect(people).toMatchObject({ code: 1, stdout: '' });
    expect(people.stderr.trimEnd().split('\n')).toHaveLength(1);
    const programs = await install.command(...args, '--json');
    expect(programs.code).toBe(1);
    expect(JSON.parse(programs.stdout)).toMatchObject({ error: { message: people.stderr.trimEnd() } });
    expect(await statusOf(article.id)).toMatchObject({ status: 'awaiting_approval', review: [] });
    expect(await install.json('batch', 'status', batch.id)).toEqual(batch);
  });

  it('takes an approval by the command', async () => {
    const { id } = published.command;
    expect(await install.json('approve', id, '--revision', '1', '--by', 'ana', '--note', 'Good set')).toEqual(
      {
        results: [{ id, status: 'publishing', revision: 1 }],
      },
    );
  });

  it('takes an approval by the Temporal CLI', async () => {
    const { code, stderr } = await install.temporal(
      ...['workflow', 'signal', '--address', ready.temporal, '--workflow-id', `post/${published.cli.id}`],
      ...['--name', 'approve', '--input', '{"by":"mo"}'],
    );
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });

  it('takes an approval by clicks in the Temporal UI, which says what to type', async () => {
    const description = await signalInTemporalUi(page, ready.temporalUi, {
      postId: published.ui.id,
      signal: 'approve',
      input: { by: 'kai', note: 'by hand' },
    });
    expect(description).toMatch(/^Approve for the open gate\. \{"by":"you"\}/);
  });

  it('takes a rejection and a cancellation by the command', async () => {
    const { rejected, cancelled } = unpublished;
    await install.json('reject', rejected.id, '--reason', 'Off topic', '--by', 'ana');
    await install.json('post', 'cancel', cancelled.id, '--reason', 'Overtaken by events', '--by', 'mo');
  });

  it('is done, and counts what became of each', async () => {
    const done = await install.jsonUntil<BatchStatus>(
      ['batch', 'status', batch.id],
      ({ status }) => status === 'done',
    );
    expect(done.counts).toEqual({ published: 3, rejected: 1, cancelled: 1 });
    expect(done.posts.map(({ id, status }) => [id, status])).toEqual(
      expect.arrayContaining([
        ...Object.values(published).map(({ id }) => [id, 'published']),
        ...Object.entries(unpublished).map(([status, { id }]) => [id, status]),
      ]),
    );
  });

  it('has who decided what, and when, on the record of each', async () => {
    const publish = { revision: 1, gate: 'publish', counted: true };
    const expected = [
      [published.command, { ...publish, decision: 'approve', by: 'ana', note: 'Good set' }],
      [published.cli, { ...publish, decision: 'approve', by: 'mo', note: null }],
      [published.ui, { ...publish, decision: 'approve', by: 'kai', note: 'by hand' }],
      [unpublished.rejected, { ...publish, decision: 'reject', by: 'ana', note: 'Off topic' }],
      [unpublished.cancelled, { ...publish, decision: 'cancel', by: 'mo', note: 'Overtaken by events' }],
    ] as const;
    for (const [{ id }, entry] of expected) {
      const { review } = await statusOf(id);
      expect(review).toMatchObject([entry]);
      const at = Date.parse(String(review[0]?.at));
      expect(at).toBeGreaterThanOrEqual(started.getTime());
      expect(at).toBeLessThanOrEqual(Date.now());
    }
  });

  it('has the three in both feeds and on their pages, and the others nowhere', async () => {
    const addresses = Object.values(published).map(({ id }) => postPage(id));
    const json = JSON.parse((await get(`${ready.desk}/@ashtalksai/feed.json`)).text) as {
      items: { url: string; title: string }[];
    };
    expect(json.items.map(({ url }) => url).sort()).toEqual([...addresses].sort());
    const atom = await readAtom((await get(`${ready.desk}/@ashtalksai/feed.xml`)).text);
    expect(atom.sort()).toEqual([...addresses].sort());

    for (const { id, title } of Object.values(published)) {
      await page.goto(postPage(id));
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title);
      expect((await get(`${ready.desk}/assets/${id}_hero.png`)).status).toBe(200);
    }
    for (const { id } of Object.values(unpublished)) {
      expect((await get(postPage(id))).status).toBe(404);
      expect((await get(`${ready.desk}/assets/${id}_hero.png`)).status).toBe(404);
      expect((await get(`${ready.desk}/api/posts/${id}`)).status).toBe(404);
    }
  });

  it('shows strangers the whole record of a published post, as its workflow tells it, but not who decided', async () => {
    for (const { id } of Object.values(published)) {
      const { status, text } = await get(`${ready.desk}/api/posts/${id}`);
      expect(status).toBe(200);
      const told = { ...(await statusOf(id)), chatReferences: [], notice: 'offline sample' };
      const shown = JSON.parse(text);
      expect(shown.review.map(({ by, note }: ReviewEntry) => ({ by, note }))).toEqual(
        told.review.map(() => ({ by: 'an editor', note: null })),
      );
      const { review, pipeline } = shown;
      expect(shown).toEqual({ ...told, review, pipeline });
      expect(pipeline.map(({ step, costUsd }: PipelineRow) => [step, costUsd])).toEqual(
        told.pipeline.map(({ step, costUsd }) => [step, costUsd]),
      );
    }
  });

  /** The ids of an Atom feed's entries, which are their addresses, as a browser's XML parser reads it. */
  async function readAtom(xml: string): Promise<string[]> {
    await page.goto('about:blank');
    return page.evaluate((text) => {
      const parser = new (globalThis as any).DOMParser();
      const feed = parser.parseFromString(text, 'application/xml');
      if (feed.querySelector('parsererror')) throw new Error(feed.documentElement.textContent);
      return [...feed.querySelectorAll('feed > entry > id')].map((id: any) => id.textContent);
    }, xml);
  }
});

describe('an account with slots', () => {
  const BATCH_KEYS: Record<Exclude<keyof BatchStatus, 'repeat'>, true> = {
    ...{ id: true, account: true, planner: true, mix: true, specialMessage: true, brief: true },
    ...{ offline: true, status: true, budgetUsd: true, costUsd: true, unknownUsd: true, counts: true },
    ...{ pipeline: true, posts: true, createdAt: true, error: true },
  };
  type Listed = { slots: { at: string; postId: string | null; title: string | null }[] };
  const slots = async (): Promise<Listed['slots']> =>
    (await install.json<Listed>('slots', 'slotted', '--weeks', '1')).slots;
  const until = (id: string, wanted: (post: PostStatus) => boolean): Promise<PostStatus> =>
    install.jsonUntil(['post', 'status', id], wanted);

  it('gives approved posts a slot each, lists them, and moves them', async () => {
    const file = readFileSync(join(accounts, 'ashtalksai.yaml'), 'utf8');
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => `${day}: ['00:30', '12:30']`);
    writeFileSync(join(accounts, 'slotted.yaml'), `${file}\nslots: { week: { ${days.join(', ')} } }\n`);
    const started = await install.json<BatchStatus>(
      ...['batch', 'start', '--account', 'slotted', '--mix', 'hero_text=3', '--wait'],
      ...['--planner', 'foundation_models_and_inference_economics'],
    );
    // One document, the status of the batch.
    expect(Object.keys(started).sort()).toEqual(Object.keys(BATCH_KEYS).sort());
    expect(started).toMatchObject({ status: 'running', offline: true, mix: { hero_text: 3 } });
    const { posts } = started;
    expect(posts.map(({ status }) => status)).toEqual(Array(3).fill('awaiting_approval'));
    const [first = '', second = '', third = ''] = posts.map(({ id }) => id);
    expect(await install.json('approve', first)).toEqual({
      results: [{ id: first, status: 'scheduled', revision: 1 }],
    });
    const { slot, title } = await until(first, (post) => post.slot !== null);
    await install.json('approve', second, '--at', 'next');
    const { slot: next } = await until(second, (post) => post.slot !== null);
    const week = await slots();
    expect(week).toHaveLength(14);
    expect(week.slice(0, 3)).toMatchObject([
      { at: slot, postId: first, title },
      { at: next, postId: second },
      { postId: null, title: null },
    ]);

    expect(await install.json('post', 'move', first, '--at', 'next')).toMatchObject({
      results: [{ status: 'scheduled' }],
    });
    await until(first, (post) => post.slot === week[2]?.at);
    expect((await slots()).map(({ postId }) => postId).slice(0, 4)).toEqual([null, second, first, null]);
    await install.json('post', 'move', second, '--at', 'now');
    expect(await until(second, ({ status }) => status === 'published')).toMatchObject({ slot: null });
    await install.json('approve', third, '--now');
    expect(await until(third, ({ status }) => status === 'published')).toMatchObject({ slot: null });
    // The slot is given back by the last that the post does.
    await expect
      .poll(async () => (await slots()).map(({ postId }) => postId).filter(Boolean))
      .toEqual([first]);

    expect(await install.command('post', 'move', third, '--at', 'next')).toMatchObject({
      code: 1,
      stdout: '',
    });
    const unknown = await install.command('slots', 'sloted');
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toMatch(/^account='sloted' has no file and no posts; did you mean slotted\?/);
  }, 120_000);
});

it('ends at Ctrl-C with code 0 and leaves no process', async () => {
  const { up, temporal } = install.processes();
  const commands = () => [up, temporal].map((started) => commandOf(started?.pid ?? 0));
  expect(commands()).toEqual([expect.stringContaining('up.js'), expect.stringContaining('server start-dev')]);
  expect(await install.interrupt()).toBe(0);
  expect(commands()).toEqual([null, null]);
  expect(install.processes()).toEqual({});
});

interface HistoryEvent {
  readonly eventType: string;
  readonly userMetadata?: { readonly summary?: { readonly data?: string } };
}

/** The text of a payload of JSON. */
const text = (base64: string | undefined): unknown =>
  JSON.parse(Buffer.from(base64 ?? '', 'base64').toString() || 'null');
