import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostilePost, sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { plainPicture } from '../testing/use-desk.js';
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

const NOT_OURS = 'script:not([src]), [onerror], [onfocus], [autofocus], main b';
const OURS = [/^\/static\//, /^\/assets\/Hostile/, /^\/favicon\.ico$/];

/** Opens pages one after the other, and fails where anything on them ran, or asked for what a page of ours does not. */
async function openHarmless(
  paths: readonly string[],
  look: (page: Page, path: string) => Promise<unknown>,
  options?: BrowserContextOptions,
): Promise<void> {
  const page = await newPage(options);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  for (const path of paths) {
    const { href, pathname } = new URL(path, served.url);
    await page.goto(href);
    expect(await page.evaluate('window.hacked'), path).toBeUndefined();
    expect(await page.locator(NOT_OURS).count(), path).toBe(0);
    await look(page, path);
    const others = asked.splice(0).filter((each) => each !== pathname);
    expect(
      others.filter((each) => !OURS.some((known) => known.test(each))),
      path,
    ).toEqual([]);
  }
  expect(said.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
}

const POST = `/@harbor/posts/${ID}`;
const CLIP_POST = `/@harbor/posts/${CLIP}`;
const ACCOUNTS = ['/', '/@harbor', '/@harbor?before=2026-05-12T09%3A00%3A00.000Z', '/@mole'];
const WAITING = '/@harbor/posts/WaitingPost1';
const ASKED = '%3Cscript%3Ewindow.hacked=true%3C%2Fscript%3E';

describe('hostile text is shown and runs nothing', () => {
  it.each<[who: string, paths: readonly string[], options: BrowserContextOptions]>([
    ['a visitor', [POST, CLIP_POST, ...ACCOUNTS], {}],
    ['the signed-in', [POST, CLIP_POST, '/@mole/posts/HostilePost2', WAITING, '/@harbor'], SIGNED_IN],
  ])('to %s', (_, paths, options) =>
    openHarmless(
      paths,
      async (page, path) => {
        const body = await page.locator('body').innerText();
        for (const shown of [SCRIPT, IMAGE, '&lt;b&gt;']) expect(body, path).toContain(shown);
      },
      options,
    ),
  );

  it('nor where it is taken down, asked for, or a time that is none', () =>
    openHarmless(
      [`/@harbor/posts/${TAKEN}`, `/@harbor/posts/${ASKED}`, `/@harbor?before=${ASKED}`],
      async (page, path) => expect(await page.locator('h1').count(), path).toBe(1),
    ));

  it('also in attributes, which hold it whole', async () => {
    const page = await open(POST);
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
