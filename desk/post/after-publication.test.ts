import { beforeAll, expect, it } from 'vitest';
import type { ReviewEntry } from '../../contract/status.js';
import { targetsNamed } from '../../contract/targets/testing/named.js';
import { sampleAccount, sampleBatch, samplePost } from '../testing/samples.js';
import { SIGNED_IN, useDeskInBrowser } from '../testing/use-desk-in-browser.js';

const ID = 'HarborEdit01';
const at = '2026-06-28T14:30:00.000Z';
const out = (target: string) => ({ target, url: `https://a.example/${target}`, at, removedAt: null });
const texts = ['bluesky', 'mastodon'].map((target) => ({ target, text: 'Two times.', own: false, left: [] }));
const edited: ReviewEntry = {
  ...{ decision: 'edit', by: 'ana', revision: 1, gate: null, note: null, counted: true },
  at: '2026-06-28T15:00:00.000Z',
};

const { desk, open, expectForEverybody } = useDeskInBrowser();
beforeAll(async () => {
  await desk.saveBatch(
    sampleBatch(),
    sampleAccount({ targets: targetsNamed('feed', 'bluesky', 'mastodon') }),
  );
  const publications = ['feed', 'bluesky', 'mastodon'].map(out);
  const post = samplePost(ID, { revision: 2, publishedAt: at, publications, texts, review: [edited] });
  await desk.publish(post);
  await desk.savePost(post);
});

it('a published post is edited where it stands, and copied, by everybody', async () => {
  const page = await open(`/desk/posts/${ID}`, SIGNED_IN);
  await page.getByRole('button', { name: 'Edit' }).click();
  const hint = page.getByText('It is published: its page and feeds change at once');
  expect(await hint.innerText()).toContain('bluesky keeps the text that it has: Bluesky can not edit a post');
  expect(await page.getByRole('button', { name: /^Save for/ }).allInnerTexts()).toEqual([
    'Save for mastodon',
  ]);
  await page.getByRole('textbox', { name: 'Title' }).fill('The clock was right');
  expect(await page.getByRole('button', { name: 'Save and approve' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Edited “').waitFor();
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await page.getByText('it waits here in a moment').waitFor();
  expect(desk.workflows.told).toMatchObject([
    { what: 'review', id: ID, value: { decision: 'edit', revision: 2, title: 'The clock was right' } },
    { what: 'start', value: { mix: { hero_text: 1 }, copy: { from: ID } } },
  ]);
  await expectForEverybody([`/desk/posts/${ID}`, `/desk/posts/${ID}?edit=1`], SIGNED_IN);
});

it('its public page says that it was edited, and when', async () => {
  const page = await open(`/@harbor/posts/${ID}`);
  expect(await page.locator('.headline').innerText()).toContain('edited Jun 28');
});
