import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { until } from '../../test/until.js';
import type { BatchPost, BatchStatus } from '../../contract/status.js';
import { charge } from '../../services/archive/sample-records.js';
import { NOW } from '../testing/use-desk.js';
import { sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { SIGNED_IN, useDeskInBrowser } from '../testing/use-desk-in-browser.js';

const BATCH = '/desk/batches/BatchBatch01';
const POST = 'LivePost0001';

const { desk, served, newPage, open: openAt } = useDeskInBrowser();
beforeAll(() => saveBatch('drafting'));

/** The batch, with its one post in a state. */
function saveBatch(status: BatchPost['status'], changes: Partial<BatchStatus> = {}): Promise<unknown> {
  const post: BatchPost = {
    ...{ id: POST, title: 'Two times', contentFormat: 'hero_text', status, gate: null },
    ...{ revision: 1, costUsd: 0, step: null, error: null },
  };
  return desk.saveBatch(sampleBatch({ posts: [post], counts: { [status]: 1 }, ...changes }));
}

/** A page that knows whether it was loaded again. */
async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newPage({ ...SIGNED_IN, ...options });
  const listening = page.waitForRequest((request) => request.url().endsWith('/api/events'));
  await page.goto(`${served.url}${path}`);
  await listening;
  await page.evaluate('window.first = true');
  return page;
}
const isFirst = (page: Page) => page.evaluate('window.first');
const chip = (page: Page, words: string) => page.locator(`#post-${POST} .chip`).getByText(words).waitFor();

it('a batch shows what becomes of its posts without being loaded again, and keeps what is typed', async () => {
  const page = await open(BATCH);
  await chip(page, 'drafting');
  await page.getByText('Budget', { exact: true }).click();
  const budget = page.getByLabel('The most in US dollars');
  await budget.fill('12.34');
  await saveBatch('awaiting_approval');
  await desk.savePost(waitingPost(POST));
  await chip(page, 'awaiting approval');
  await page.getByRole('button', { name: 'Approve all' }).waitFor();
  await page.locator(`#post-${POST} img`).waitFor();
  expect(await budget.inputValue()).toBe('12.34');
  expect(await isFirst(page)).toBe(true);
});

it('a button that comes where another was takes no click at once', async () => {
  await saveBatch('drafting');
  const page = await open(BATCH, { reducedMotion: 'reduce' });
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.evaluate(`
    window.takesClick = () => {
      const button = document.querySelector('#approve-all button');
      const { x, y, width, height } = button.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) === button;
    };
    document.addEventListener('htmx:afterSettle', () => {
      if (document.querySelector('#approve-all')) window.tookClick ??= window.takesClick();
    });
  `);
  await saveBatch('awaiting_approval');
  await page.getByRole('button', { name: 'Approve all' }).waitFor();
  expect(await page.evaluate('window.tookClick')).toBe(false);
  await until(() => page.evaluate('window.takesClick()'), Boolean);
});

it('the list shows a batch that is started elsewhere, and the bar counts what waits and what needs a person', async () => {
  const page = await open('/desk/batches', { viewport: { width: 1440, height: 900 } });
  const batch = { id: 'NewNewBatch1', planner: 'fog_signals' };
  await desk.saveBatch(sampleBatch(batch));
  await page.getByRole('link', { name: 'Fog signals' }).waitFor();
  await desk.savePost(waitingPost('LivePost0002'));
  const queue = page.getByRole('link', { name: /^Queue/ });
  await expect.poll(() => queue.innerText()).toMatch(/2$/);
  await desk.saveBatch(sampleBatch({ ...batch, status: 'paused' }));
  await page.getByRole('link', { name: 'Needs attention 1' }).waitFor();
  expect(await isFirst(page)).toBe(true);
});

it('what was paid, and what an account did, stand there without being loaded again', async () => {
  const costs = await open('/desk/costs?by=step');
  const accounts = await open('/desk/accounts');
  const account = await open('/desk/accounts/harbor');
  await costs.getByText('Nothing was paid yet.').waitFor();
  await account.getByText('Guidance').click();
  const charges = [charge('hero_image', { amount: 1_230_000_000, at: NOW.toISOString() })];
  await desk.archive.records.savePost({ sequence: 1, status: waitingPost('PaidPaidPos1'), charges });
  await costs.locator('.sums div', { hasText: 'Paid' }).getByText('$1.23').waitFor();
  await accounts.locator('#account-harbor').getByText('$1.23').waitFor();
  await account.locator('.sum', { hasText: '$1.23' }).waitFor();
  expect(await account.getByText('Be exact.').isVisible()).toBe(true);
  expect(await Promise.all([costs, accounts, account].map(isFirst))).toEqual([true, true, true]);
});

it('the focus stays on a button whose page changes', async () => {
  const page = await open(BATCH);
  await page.getByRole('button', { name: 'Pause' }).focus();
  await saveBatch('published', { costUsd: 0.1234 });
  await desk.savePost(samplePost(POST));
  await chip(page, 'published');
  expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Pause');
});

it('an estimate follows what is typed', async () => {
  const page = await open('/desk/batches/new?account=harbor');
  const sum = page.locator('#estimate .sum');
  const before = await sum.innerText();
  await page.getByLabel('Hero text').fill('90');
  await expect.poll(() => sum.innerText()).not.toBe(before);
  await page.getByText("It is over the batch's budget").waitFor();
});

it('everything is there with scripts off', async () => {
  const page = await openAt('/desk/batches/new?account=harbor', { ...SIGNED_IN, javaScriptEnabled: false });
  await page.getByLabel('Hero text').fill('3');
  await page.getByLabel('Brief').fill('Fog');
  await page.getByRole('button', { name: 'Estimate' }).click();
  expect(await page.getByLabel('Brief').inputValue()).toBe('Fog');
  await page.getByRole('button', { name: 'Start batch' }).click();
  const started = { what: 'start', value: { brief: 'Fog' } };
  await expect.poll(() => desk.workflows.told.at(-1)).toMatchObject(started);
});

it('a page that is not seen does not listen, and catches up once it is seen again', async () => {
  const [hidden, seen] = [await open('/desk/batches'), await open('/desk/batches')];
  await hidden.evaluate("document.addEventListener('sse:batch', () => { window.heard += 1; }, true)");
  const setHidden = (value: boolean) =>
    hidden.evaluate(
      `Object.defineProperty(document, 'hidden', { value: ${value}, configurable: true });
       document.dispatchEvent(new Event('visibilitychange'));
       window.heard = 0;`,
    );
  await setHidden(true);
  await desk.saveBatch(sampleBatch({ id: 'NightBatch01', planner: 'night_watch' }));
  await seen.getByRole('link', { name: 'Night watch' }).waitFor();
  expect(await hidden.evaluate('window.heard')).toBe(0);
  await setHidden(false);
  await hidden.getByRole('link', { name: 'Night watch' }).waitFor();
  expect(await isFirst(hidden)).toBe(true);
});
