import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AllInOne, type Ready } from './all-in-one.js';
import { launchChromium } from './chromium.js';
import { until } from './until.js';

/** From the form of a batch to the post in its feed, in a browser, on an install as a user has it. */
const STORY_MS = 240_000;
const ACCOUNT = 'ashtalksai';

const install = new AllInOne();
let ready: Ready;
let token: string;
let browser: Browser;
beforeAll(async () => {
  ready = await install.start();
  token = (await readFile(join(install.data, 'token'), 'utf8')).trim();
  browser = await launchChromium();
}, STORY_MS);
afterAll(async () => {
  await browser?.close();
  await install.close();
});

const PHONE = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } };

it.each([
  ['with scripts and keys', { javaScriptEnabled: true, approve: (page: Page) => page.keyboard.press('a') }],
  [
    'by thumb, 390 px wide and with scripts off',
    { ...PHONE, javaScriptEnabled: false, approve: (page: Page) => button(page, 'Approve').tap() },
  ],
])(
  'a batch is started by its form, watched, revised, edited, approved, and stands on the page and in the feed: %s',
  async (_, { approve, ...device }) => {
    const { javaScriptEnabled } = device;
    const context = await browser.newContext(device);
    const page = await context.newPage();
    await signIn(page);
    await startBatch(page);
    const batch = new URL(page.url()).pathname;
    if (javaScriptEnabled) await page.evaluate('window.first = true');
    else
      await until(
        async () => (await page.reload(), waiting(page)),
        (count) => count === 2,
        500,
      );
    await until(
      () => waiting(page),
      (count) => count === 2,
      200,
    );
    if (javaScriptEnabled) expect(await page.evaluate('window.first')).toBe(true);

    const title = await page.locator('.post-line a').first().innerText();
    await page.locator('.post-line a').first().click();
    await button(page, 'Approve').waitFor();
    const postId = new URL(page.url()).pathname.split('/').at(-1)!;
    const post = `${ready.desk}/desk/posts/${postId}`;

    await page.getByLabel('What to make again').selectOption({ label: 'picture' });
    await page.getByLabel('Note: what to change').fill('A darker sky.');
    await button(page, 'Revise').click();
    await said(page);
    await waitsAgain(page, post, 2);
    const caption = `Edited by hand, ${javaScriptEnabled ? 'with' : 'without'} scripts.`;
    await button(page, 'Edit').click();
    await page.getByRole('form', { name: 'Edit' }).getByLabel('Caption').fill(caption);
    await page.getByRole('form', { name: 'Edit' }).getByRole('button', { name: 'Save', exact: true }).click();
    await said(page);
    await waitsAgain(page, post, 3);
    await approve(page);
    await said(page);
    const address = `${ready.desk}/@${ACCOUNT}/posts/${postId}`;
    const feed = `${ready.desk}/@${ACCOUNT}/feed.json`;
    await until(
      async () => (await fetch(address)).status,
      (status) => status === 200,
      200,
    );
    await page.goto(address);
    expect(await page.locator('h1').innerText()).toBe(title);
    expect(await page.locator('main').innerText()).toContain(caption);
    expect(await page.locator('img.media, .media img').first().getAttribute('src')).toContain('_hero_2.png');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await until(
      async () => (await fetch(feed)).text(),
      (text) => text.includes(postId) && text.includes(caption),
      200,
    );

    await page.goto(`${ready.desk}${batch}`);
    await page.getByRole('button', { name: 'Approve all' }).click();
    await page.getByRole('heading', { name: 'Publish 1 post' }).waitFor();
    await page.getByRole('button', { name: 'Approve all' }).click();
    await page.getByRole('status').getByText('Approved').waitFor();
    await context.close();
  },
  STORY_MS,
);

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first();

/** Waits for the line on what was done: before, without scripts, the browser is still on its way to the page that has it. */
const said = (page: Page): Promise<void> =>
  page.getByRole('status').filter({ hasText: /\S/ }).first().waitFor();

/** Loads a post until that revision of it waits for a person. */
async function waitsAgain(page: Page, post: string, revision: number): Promise<void> {
  await until(
    async () => {
      await page.goto(post);
      const isDecidable = (await button(page, 'Approve').count()) > 0;
      return isDecidable ? page.locator('.reader').innerText() : '';
    },
    (text) => text.includes(`revision ${revision}`),
    300,
  );
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${ready.desk}/desk/batches`);
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor({ state: 'detached' });
}

async function startBatch(page: Page): Promise<void> {
  await page.goto(`${ready.desk}/desk/batches/new?account=${ACCOUNT}`);
  await page.getByLabel('Hero text').fill('2');
  await page.getByLabel('Video').fill('0');
  await page.getByRole('button', { name: 'Start batch' }).click();
  await page.getByRole('status').getByText('Started').waitFor();
}

/** How many posts of the batch that the page shows wait for a person. */
const waiting = (page: Page): Promise<number> =>
  page.locator('.post-line .chip', { hasText: 'awaiting approval' }).count();
