/** The pages of links and of the API in Chromium: whole without scripts, accessible, and of the window's width. */
import { beforeAll, expect, it } from 'vitest';
import { askApi } from '../api/testing/ask-api.js';
import { plainPicture } from '../testing/use-desk.js';
import { sampleAccount, sampleBatch, waitingPost } from '../testing/samples.js';
import { SIGNED_IN, useDeskInBrowser } from '../testing/use-desk-in-browser.js';

const [WAITING, OTHER] = ['WaitingPost1', 'WaitingPost2'];

const { desk, served, open, expectForEverybody } = useDeskInBrowser();
beforeAll(async () => {
  await desk.saveBatch(sampleBatch(), sampleAccount({ record: 'desk' }));
  const picture = await plainPicture(640, 360);
  const checks = [{ rule: 'title.length', ok: false, detail: 'The title has 99 characters' }];
  for (const id of [WAITING, OTHER]) {
    await desk.savePost(waitingPost(id, { checks }));
    await desk.storeFile(`${id}_hero.png`, picture);
  }
});

/** A new link, under the address that the test's desk really has. */
async function link(id = WAITING): Promise<string> {
  const [, { url }] = await askApi(desk, 'POST', `/api/posts/${id}/share`);
  return `${served.url}${new URL(String(url)).pathname}`;
}

it('the page of a link is accessible in all looks, its record unfolded, and has its picture', async () => {
  await expectForEverybody([await link()], {}, async (page) => {
    await page.locator('summary').click();
    expect(await page.evaluate("document.querySelector('img.media').naturalWidth")).toBe(640);
  });
  await expectForEverybody(['/review/none']);
});

it('the page of the API is accessible in all looks', () => expectForEverybody(['/desk/api'], SIGNED_IN));

it('a decision is made with the keyboard and without scripts, and the link is spent', async () => {
  const address = await link(OTHER);
  const page = await open(address, { javaScriptEnabled: false });
  await page.getByLabel('Your name').fill('Jo');
  await page.getByLabel('Your words').fill('Name the harbor.');
  await page.getByRole('button', { name: 'Revise' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  const value = { decision: 'revise', by: 'Jo (link)', instructions: 'Name the harbor.', redo: 'text' };
  expect(desk.workflows.told.at(-1)).toEqual({ what: 'review', id: OTHER, value });
  await page.goto(address);
  await page.getByRole('heading', { name: 'This link has been used' }).waitFor();
});
