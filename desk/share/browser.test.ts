/** The pages of links and of the API in Chromium: whole without scripts, accessible, and of the window's width. */
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, expect, it } from 'vitest';
import { askApi } from '../api/testing/ask-api.js';
import type { ServedDesk } from '../serve.js';
import { expectAccessibleInAllLooks } from '../testing/axe.js';
import { OPENING_MS, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleAccount, sampleBatch, waitingPost } from '../testing/samples.js';
import { useDeskInBrowser } from '../testing/use-desk-in-browser.js';

const [WAITING, OTHER] = ['WaitingPost1', 'WaitingPost2'];
const signedIn = { extraHTTPHeaders: { Authorization: `Bearer ${TOKEN}` } };

let desk: DeskUnderTest;
let served: ServedDesk;
let browser: Browser;
useDeskInBrowser((opened) => ({ desk, served, browser } = opened));
beforeAll(async () => {
  await desk.saveBatch(sampleBatch(), sampleAccount({ record: 'desk' }));
  const create = { width: 640, height: 360, channels: 3, background: 'teal' } as const;
  const picture = await sharp({ create }).png().toBuffer();
  const checks = [{ rule: 'title.length', ok: false, detail: 'The title has 99 characters' }];
  for (const id of [WAITING, OTHER]) {
    await desk.savePost(waitingPost(id, { checks }));
    await desk.storeFile(`${id}_hero.png`, picture);
  }
}, OPENING_MS);

/** A new link, under the address that the test's desk really has. */
async function link(id = WAITING): Promise<string> {
  const [, { url }] = await askApi(desk, 'POST', `/api/posts/${id}/share`);
  return `${served.url}${new URL(String(url)).pathname}`;
}

it('the page of a link is accessible in all looks, its record unfolded, and has its picture', async () => {
  const address = await link();
  await expectAccessibleInAllLooks(browser, address, {}, async (page) => {
    await page.locator('summary').click();
    expect(await page.evaluate("document.querySelector('img.media').naturalWidth")).toBe(640);
  });
  await expectAccessibleInAllLooks(browser, `${served.url}/review/none`);
}, 120_000);

it('the page of the API is accessible in all looks', async () => {
  await expectAccessibleInAllLooks(browser, `${served.url}/desk/api`, signedIn);
}, 120_000);

it('a decision is made with the keyboard and without scripts, and the link is spent', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const address = await link(OTHER);
  await page.goto(address);
  await page.getByLabel('Your name').fill('Jo');
  await page.getByLabel('Your words').fill('Name the harbor.');
  await page.getByRole('button', { name: 'Revise' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  const value = { decision: 'revise', by: 'Jo (link)', instructions: 'Name the harbor.', redo: 'text' };
  expect(desk.workflows.told.at(-1)).toEqual({ what: 'review', id: OTHER, value });
  await page.goto(address);
  await page.getByRole('heading', { name: 'This link has been used' }).waitFor();
  await context.close();
});
