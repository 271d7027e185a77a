import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { until } from '../../test/until.js';
import type { Charge } from '../../contract/money/charge.js';
import type { BatchPost } from '../../contract/status.js';
import type { ServedDesk } from '../serve.js';
import { NOW, OPENING_MS, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { useDeskInBrowser } from '../testing/use-desk-in-browser.js';

const ID = 'BatchBatch01';
const SIGNED_IN: BrowserContextOptions = { extraHTTPHeaders: { Authorization: `Bearer ${TOKEN}` } };

let desk: DeskUnderTest;
let served: ServedDesk;
let browser: Browser;
useDeskInBrowser((opened) => ({ desk, served, browser } = opened));
beforeAll(async () => {
  await desk.saveBatch(sampleBatch({ posts: [batchPost('drafting')], counts: { drafting: 1 } }));
}, OPENING_MS);

const batchPost = (status: BatchPost['status']): BatchPost => ({
  ...{ id: 'LivePost0001', title: 'Two times', contentFormat: 'hero_text', status, gate: null },
  ...{ revision: 1, costUsd: 0, step: null, error: null },
});

/** A page that knows whether it was loaded again. */
async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ ...SIGNED_IN, ...options });
  const page = await context.newPage();
  const listening = page.waitForRequest((request) => request.url().endsWith('/api/events'));
  await page.goto(`${served.url}${path}`);
  await listening;
  await page.evaluate('window.first = true');
  return page;
}
const isFirst = (page: Page) => page.evaluate('window.first');

it('a batch shows what becomes of its posts without being loaded again, and keeps what is typed', async () => {
  const page = await open(`/desk/batches/${ID}`);
  await page.locator('#post-LivePost0001 .chip').getByText('drafting').waitFor();
  await page.getByText('Budget', { exact: true }).click();
  await page.getByLabel('The most in US dollars').fill('12.34');
  await desk.saveBatch(
    sampleBatch({ posts: [batchPost('awaiting_approval')], counts: { awaiting_approval: 1 } }),
  );
  await desk.savePost(waitingPost('LivePost0001'));
  await page.locator('#post-LivePost0001 .chip').getByText('awaiting approval').waitFor();
  await page.getByRole('button', { name: 'Approve all' }).waitFor();
  await page.locator('#post-LivePost0001 img').waitFor();
  expect(await page.getByLabel('The most in US dollars').inputValue()).toBe('12.34');
  expect(await isFirst(page)).toBe(true);
  await page.context().close();
});

it('a button that comes where another was takes no click at once', async () => {
  await desk.saveBatch(sampleBatch({ posts: [batchPost('drafting')], counts: { drafting: 1 } }));
  const page = await open(`/desk/batches/${ID}`, { reducedMotion: 'reduce' });
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
  await desk.saveBatch(
    sampleBatch({ posts: [batchPost('awaiting_approval')], counts: { awaiting_approval: 1 } }),
  );
  await page.getByRole('button', { name: 'Approve all' }).waitFor();
  expect(await page.evaluate('window.tookClick')).toBe(false);
  await until(() => page.evaluate('window.takesClick()'), Boolean);
  await page.context().close();
});

it('the list shows a batch that is started elsewhere, and the bar counts what waits', async () => {
  const page = await open('/desk/batches');
  await desk.saveBatch(sampleBatch({ id: 'NewNewBatch1', planner: 'fog_signals' }));
  await page.getByRole('link', { name: 'Fog signals' }).waitFor();
  await desk.savePost(waitingPost('LivePost0002'));
  await until(
    () => page.getByRole('link', { name: /^Queue/ }).innerText(),
    (text) => /2$/.test(text),
  );
  expect(await isFirst(page)).toBe(true);
  await page.context().close();
});

it('what was paid, and what an account did, stand there without being loaded again', async () => {
  const [costs, accounts, account] = [
    await open('/desk/costs?by=step'),
    await open('/desk/accounts'),
    await open('/desk/accounts/harbor'),
  ];
  await costs.getByText('Nothing was paid yet.').waitFor();
  await account.getByText('Guidance').click();
  const charge: Charge = {
    ...{
      key: 'c1',
      step: 'hero_image',
      provider: 'fal',
      model: 'fal-ai/flux',
      quantity: '1',
      unitPrice: null,
    },
    ...{ amount: 1_230_000_000, basis: 'metered', outcome: 'kept', requestId: null, prompt: null },
    ...{ offline: false, at: NOW.toISOString() },
  };
  await desk.archive.records.savePost({
    sequence: 1,
    status: waitingPost('PaidPaidPos1'),
    charges: [charge],
  });
  await costs.locator('.sums div', { hasText: 'Paid' }).getByText('$1.23').waitFor();
  await accounts.locator('#account-harbor').getByText('$1.23').waitFor();
  await account.locator('.sum', { hasText: '$1.23' }).waitFor();
  expect(await account.getByText('Be exact.').isVisible()).toBe(true);
  for (const page of [costs, accounts, account]) {
    expect(await isFirst(page)).toBe(true);
    await page.context().close();
  }
});

it('the focus stays on a button whose page changes', async () => {
  const page = await open(`/desk/batches/${ID}`);
  await page.getByRole('button', { name: 'Pause' }).focus();
  await desk.saveBatch(
    sampleBatch({ posts: [batchPost('published')], counts: { published: 1 }, costUsd: 0.1234 }),
  );
  await desk.savePost(samplePost('LivePost0001', {}));
  await page.locator('#post-LivePost0001 .chip').getByText('published').waitFor();
  expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Pause');
  await page.context().close();
});

it('an estimate follows what is typed', async () => {
  const page = await open('/desk/batches/new?account=harbor');
  const before = await page.locator('#estimate .sum').innerText();
  await page.getByLabel('Hero text').fill('90');
  await until(
    () => page.locator('#estimate .sum').innerText(),
    (text) => text !== before,
  );
  await page.getByText("It is over the batch's budget").waitFor();
  await page.context().close();
});

it('everything is there with scripts off', async () => {
  const context = await browser.newContext({ ...SIGNED_IN, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${served.url}/desk/batches/new?account=harbor`);
  await page.getByLabel('Hero text').fill('3');
  await page.getByLabel('Brief').fill('Fog');
  await page.getByRole('button', { name: 'Estimate' }).click();
  expect(await page.getByLabel('Brief').inputValue()).toBe('Fog');
  await page.getByRole('button', { name: 'Start batch' }).click();
  await expect
    .poll(() => desk.workflows.told.at(-1))
    .toMatchObject({ what: 'start', value: { brief: 'Fog' } });
  await context.close();
});

it('a page that is not seen does not listen, and catches up once it is seen again', async () => {
  const [hidden, seen] = [await open('/desk/batches'), await open('/desk/batches')];
  await hidden.evaluate(`
    window.lastAsked = performance.now();
    for (const name of ['sse:batch', 'htmx:beforeRequest', 'htmx:afterRequest'])
      document.addEventListener(name, () => { window.lastAsked = performance.now(); }, true);
  `);
  const setHidden = (value: boolean) =>
    hidden.evaluate(
      `Object.defineProperty(document, 'hidden', { value: ${value}, configurable: true });
       document.dispatchEvent(new Event('visibilitychange'));`,
    );
  await setHidden(true);
  // What it had heard of by then is fetched a moment later.
  await until(
    () =>
      hidden.evaluate<number>(
        "document.querySelector('.htmx-request') ? 0 : performance.now() - window.lastAsked",
      ),
    (idleMs) => idleMs > 1_000,
  );
  await desk.saveBatch(sampleBatch({ id: 'NightBatch01', planner: 'night_watch' }));
  await seen.getByRole('link', { name: 'Night watch' }).waitFor();
  expect(await hidden.getByRole('link', { name: 'Night watch' }).count()).toBe(0);
  await setHidden(false);
  await hidden.getByRole('link', { name: 'Night watch' }).waitFor();
  expect(await isFirst(hidden)).toBe(true);
  await hidden.context().close();
  await seen.context().close();
});
