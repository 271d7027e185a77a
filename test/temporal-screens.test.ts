import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchWorkflowId, postWorkflowId } from '../contract/ids.js';
import type { BatchPost, BatchStatus } from '../contract/status.js';
import { AllInOne, type Ready } from './all-in-one.js';
import { launchChromium } from './chromium.js';
import { detailsInTemporalUi, listInTemporalUi, signalsInTemporalUi } from './temporal-ui.js';

const install = new AllInOne();
let ready: Ready;
let browser: Browser;
let page: Page;
let batch: BatchStatus;
let article: BatchPost;
let clip: BatchPost;
beforeAll(async () => {
  ready = await install.start();
  batch = await install.firstBatch();
  const of = (format: string): BatchPost | undefined =>
    batch.posts.find(({ contentFormat }) => contentFormat === format);
  const [video, text] = [of('video'), of('hero_text')];
  if (!video || !text) throw new Error('the first batch has no video or no hero_text');
  [clip, article] = [video, text];
  browser = await launchChromium();
  page = await browser.newPage();
  page.setDefaultTimeout(20_000);
}, 150_000);
afterAll(async () => {
  await browser?.close();
  await install.close();
}, 60_000);

const deskPage = (id: string): string => `${ready.desk}/@ashtalksai/posts/${id}`;

describe('the list of workflows in the Temporal UI', () => {
  it('is the queue of the waiting posts, when filtered by PostStatus', async () => {
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
});

describe('a waiting post in the Temporal UI', () => {
  it('has its static summary, its pipeline with costs, and what it says to people', async () => {
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

  it('links to its files and to its page at the desk, which the signed-in may see', async () => {
    const { details, links } = await detailsInTemporalUi(page, ready.temporalUi, postWorkflowId(article.id));
    expect(details).toContain('Hero image: done');
    expect(links).toEqual({
      'at the desk': deskPage(article.id),
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

  it('lists what a person may send, each with a description', async () => {
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

  it('has a summary on every activity of its history', async () => {
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
});

describe('a batch in the Temporal UI', () => {
  it('has its static summary, its costs, its counts and its posts with links', async () => {
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
    expect(links).toEqual(Object.fromEntries(batch.posts.map(({ id, title }) => [title, deskPage(id)])));
  });
});

interface HistoryEvent {
  readonly eventType: string;
  readonly userMetadata?: { readonly summary?: { readonly data?: string } };
}

/** The text of a payload of JSON. */
const text = (base64: string | undefined): unknown =>
  JSON.parse(Buffer.from(base64 ?? '', 'base64').toString() || 'null');
