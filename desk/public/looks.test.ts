import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { plainPicture } from '../testing/use-desk.js';
import { samplePost } from '../testing/samples.js';
import { SIGNED_IN, useDeskInBrowser } from '../testing/use-desk-in-browser.js';

const [FIRST, CLIP, LAST, TAKEN] = ['PublicPost01', 'PublicClip01', 'PublicPost02', 'TakenPost001'] as const;

const { desk, open, expectForEverybody } = useDeskInBrowser();
beforeAll(async () => {
  await desk.saveBatch();
  const wide = await plainPicture(1280, 720);
  const first = samplePost(FIRST, { publishedAt: '2026-05-10T09:00:00.000Z' });
  await desk.publish(first, { [`${FIRST}_hero.png`]: wide });
  const clip = { contentFormat: 'video', body: null, publishedAt: '2026-05-11T09:00:00.000Z', offline: true };
  const high = await plainPicture(720, 1280);
  const files = { [`${CLIP}_hero.png`]: high, [`${CLIP}_video.mp4`]: new Uint8Array([1]) };
  await desk.publish(samplePost(CLIP, clip), files);
  await desk.publish(samplePost(LAST), { [`${LAST}_hero.png`]: wide });
  await desk.savePost(samplePost(TAKEN, { status: 'unpublished' }));
  await desk.saveAccount({ handle: 'quay', name: 'Quay', sample: true });
});

/** axe looks at nothing that is folded. */
const unfold = (page: Page) =>
  page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })");
const OLDER = '/@harbor?before=2026-05-11T10%3A00%3A00.000Z';
const POSTS = [LAST, CLIP, TAKEN].map((id) => `/@harbor/posts/${id}`);

describe('by everybody, by day and by night, on a phone and on a desktop', () => {
  it('the accounts can be read, unfolded', () =>
    expectForEverybody(['/', '/@harbor', '/@quay', OLDER, '/nowhere'], {}, unfold));
  it('posts can be read, unfolded', () => expectForEverybody(POSTS, {}, unfold));
  it('both can be read as they come, and a post unfolded for the signed-in', async () => {
    await expectForEverybody(['/@harbor', ...POSTS.slice(0, 1)]);
    await expectForEverybody(POSTS.slice(0, 1), SIGNED_IN, unfold);
  });
});

it('a clip is shown whole, in its own width, no higher than the window has room for', async () => {
  const page = await open(`/@harbor/posts/${CLIP}`, { viewport: { width: 1440, height: 800 } });
  const box = await page.locator('video').boundingBox();
  expect(box!.height).toBeCloseTo(560, 0);
  expect(box!.width).toBeCloseTo((560 * 720) / 1280, 0);
  const column = await page.locator('article').boundingBox();
  expect(box!.x + box!.width / 2).toBeCloseTo(column!.x + column!.width / 2, 0);
});

it('reading text is set in the serif that comes with the desk, at 19 pixels and at most 65 characters', async () => {
  const page = await open(`/@harbor/posts/${LAST}`, { viewport: { width: 1440, height: 900 } });
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  const reading = await page.evaluate<{ size: string; loaded: boolean; characters: number }>(`(() => {
    const text = document.querySelector('.reading');
    const style = getComputedStyle(text);
    const ruler = Object.assign(document.createElement('span'), { textContent: '0' });
    text.append(ruler);
    return {
      size: style.fontSize,
      loaded: document.fonts.check('19px "Newsreader Variable"') && document.fonts.check('16px "Inter Variable"'),
      characters: text.clientWidth / ruler.getBoundingClientRect().width,
    };
  })()`);
  expect(reading).toMatchObject({ size: '19px', loaded: true });
  expect(reading.characters).toBeLessThanOrEqual(65.1);
});
