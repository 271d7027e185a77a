import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostilePost } from '../testing/hostile-post.js';
import { expectShown } from '../testing/page-text.js';
import { plainPicture } from '../testing/pictures.js';
import { sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { SIGNED_IN, useDeskInBrowser } from '../testing/use-desk-in-browser.js';

const SCRIPT = '<script>window.hacked = true</script>';
const IMAGE = '"><img src=x onerror="window.hacked=true">';
const HOSTILE = `${SCRIPT} ${IMAGE} ' onfocus='window.hacked=true' autofocus &lt;b&gt;`;
const ID = 'HostilePost1';
const CLIP = 'HostileClip1';
const TAKEN = 'HostileGone1';

const { desk, served, newPage, open } = useDeskInBrowser();
beforeAll(async () => {
  await desk.saveBatch(undefined, sampleAccount({ name: HOSTILE, bio: HOSTILE }));
  // A file's name has at most 80 characters.
  await desk.saveAccount({ name: IMAGE, bio: HOSTILE });
  // Without its file an account is as its batch kept it, whatever that holds.
  const kept = { handle: 'mole', name: HOSTILE, bio: HOSTILE, language: HOSTILE, timeZone: HOSTILE };
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'mole' }), sampleAccount(kept));
  await desk.writeAccount('mole', null);
  const base = samplePost(ID);
  const words = { ...hostilePost(HOSTILE, base), planner: HOSTILE, specialMessage: HOSTILE, brief: HOSTILE };
  const review = base.review.map((entry) => ({ ...entry, by: HOSTILE, note: HOSTILE }));
  const hostile = { ...words, review };
  const picture = await plainPicture(64, 36);
  await desk.publish(samplePost(ID, hostile), { [`${ID}_hero.png`]: picture });
  const clip = { ...hostile, contentFormat: 'video', body: null, publishedAt: '2026-05-12T09:00:00.000Z' };
  const files = { [`${CLIP}_hero.png`]: picture, [`${CLIP}_video.mp4`]: new Uint8Array([1]) };
  await desk.publish(samplePost(CLIP, clip), files);
  const ofMole = { account: 'mole', batchId: 'BatchBatch02' };
  await desk.publish(samplePost('HostilePost2', { ...hostile, ...ofMole }), {});
  await desk.savePost(samplePost(TAKEN, { ...hostile, status: 'unpublished' }));
  await desk.savePost(waitingPost('WaitingPost1', hostile));
});

/** Opens a page, and fails where anything on it ran, or asked for what a page of ours does not. */
async function openHarmless(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await newPage(options);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const blocked: string[] = [];
  page.on('console', (message) => blocked.push(message.text()));

  await page.goto(`${served.url}${path}`);

  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(await page.locator('script:not([src]), [onerror], [onfocus], [autofocus], main b').count()).toBe(0);
  const ours = [/^\/static\//, /^\/assets\/Hostile/, /^\/favicon\.ico$/];
  const own = new URL(path, served.url).pathname;
  expect(asked.filter((each) => each !== own && !ours.some((known) => known.test(each)))).toEqual([]);
  expect(blocked.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  return page;
}

const POST = `/@harbor/posts/${ID}`;
const CLIP_POST = `/@harbor/posts/${CLIP}`;

describe('hostile text is shown and runs nothing', () => {
  it.each<[string, string, BrowserContextOptions]>([
    ['a post', POST, {}],
    ['a post with its record', POST, SIGNED_IN],
    ['a clip', CLIP_POST, {}],
    ['a clip with its record', CLIP_POST, SIGNED_IN],
    ['a post of an account without a file', '/@mole/posts/HostilePost2', SIGNED_IN],
    ['a post that waits', '/@harbor/posts/WaitingPost1', SIGNED_IN],
    ['an account', '/@harbor', {}],
    ['an account, for the signed-in', '/@harbor', SIGNED_IN],
    ['older posts of an account', '/@harbor?before=2026-05-12T09%3A00%3A00.000Z', {}],
    ['an account without a file', '/@mole', {}],
    ['the list of accounts', '/', {}],
  ])('on the page of %s', async (_, path, options) => {
    const page = await openHarmless(path, options);
    expectShown(await page.locator('body').innerText(), [SCRIPT, IMAGE, '&lt;b&gt;']);
  });

  it.each([
    ['a post that was taken down', `/@harbor/posts/${TAKEN}`],
    ['nothing', '/@harbor/posts/%3Cscript%3Ewindow.hacked=true%3C%2Fscript%3E'],
    ['a wrong time', '/@harbor?before=%3Cscript%3Ewindow.hacked=true%3C%2Fscript%3E'],
  ])('nor on the page of %s', async (_, path) => {
    const page = await openHarmless(path);
    expect(await page.locator('h1').count()).toBe(1);
  });

  it('also in attributes, which hold it whole', async () => {
    const page = await openHarmless(POST);
    const attribute = (selector: string, name: string) => page.locator(selector).first().getAttribute(name);
    expect(await attribute('figure img', 'alt')).toBe(HOSTILE);
    expect(await attribute('meta[property="og:title"]', 'content')).toBe(HOSTILE);
    expect(await attribute('meta[property="og:image:alt"]', 'content')).toBe(HOSTILE);
    expect(await attribute('meta[property="og:site_name"]', 'content')).toBe(IMAGE);
    expect(await attribute('meta[name="description"]', 'content')).toBe(HOSTILE);
    expect(await attribute('link[type="application/atom+xml"]', 'title')).toBe(`${IMAGE} (Atom)`);
    expect(await page.title()).toBe(`${HOSTILE} · @harbor`);
    await page.goto(`${served.url}${CLIP_POST}`);
    expect(await attribute('video', 'aria-label')).toBe(HOSTILE);
    await page.goto(`${served.url}/@mole`);
    expect(await attribute('article h3', 'lang')).toBe(HOSTILE);
  });
});

it('shows the picture at its own ratio, and fits a narrow and a wide window', async () => {
  const page = await open(POST);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.evaluate("document.querySelector('figure img').naturalWidth")).toBe(64);
    const box = await page.locator('figure img').boundingBox();
    expect(box!.width / box!.height).toBeCloseTo(64 / 36, 1);
  }
});

it('gives an Atom feed that an XML parser takes', async () => {
  const page = await open('/');
  const atom = await desk.text('/@harbor/feed.xml');
  const parsed = await page.evaluate((xml) => {
    const parser = new (globalThis as any).DOMParser();
    const document = parser.parseFromString(xml, 'application/xml');
    const title = document.querySelector('entry > title');
    const rendered = parser.parseFromString(title?.textContent ?? '', 'text/html').body.textContent;
    return { broken: document.querySelector('parsererror')?.textContent ?? null, rendered };
  }, atom);
  expect(parsed).toEqual({ broken: null, rendered: HOSTILE });
});
