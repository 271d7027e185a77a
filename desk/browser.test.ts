import { chromium, type Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveDesk, type ServedDesk } from './serve.js';
import { OPENING_MS, openDesk, TOKEN, type DeskUnderTest } from './testing/desk-under-test.js';
import { accountFileText, sampleAccount, samplePost, waitingPost } from './testing/samples.js';

const CHROMIUM = {
  executablePath: '/usr/bin/chromium',
  args: [
    ...[
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
    ...['--disable-component-update', '--disable-sync'],
  ],
};
const SCRIPT = '<script>window.hacked = true</script>';
const IMAGE = '"><img src=x onerror="window.hacked=true">';
const HOSTILE = `${SCRIPT} ${IMAGE} ' onfocus='window.hacked=true' autofocus &lt;b&gt;`;
const ID = 'HostilePost1';

let desk: DeskUnderTest;
let served: ServedDesk;
let browser: Browser;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch(undefined, sampleAccount({ name: HOSTILE, bio: HOSTILE }));
  // A file's name has at most 80 characters.
  await desk.writeAccount('harbor', accountFileText(sampleAccount({ name: IMAGE, bio: HOSTILE })));
  const base = samplePost(ID);
  const hostile = {
    title: HOSTILE,
    body: `${HOSTILE}\n\n${HOSTILE}`,
    caption: HOSTILE,
    hashtags: [HOSTILE],
    altText: HOSTILE,
    plan: { topic: HOSTILE, angle: HOSTILE, rationale: HOSTILE, newsPeg: HOSTILE, button: HOSTILE },
    brief: HOSTILE,
    pipeline: base.pipeline.map((row) => ({ ...row, note: HOSTILE, model: HOSTILE })),
    review: base.review.map((entry) => ({ ...entry, by: HOSTILE, note: HOSTILE })),
    checks: [{ rule: HOSTILE, ok: false, detail: HOSTILE }],
    error: { type: 'media.policy', message: HOSTILE, requestId: HOSTILE },
  };
  const picture = await sharp({ create: { width: 64, height: 36, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  await desk.publish(samplePost(ID, hostile), { [`${ID}_hero.png`]: picture });
  await desk.savePost(waitingPost('WaitingPost1', hostile));
  served = await serveDesk({ app: desk.app, host: '127.0.0.1', port: 0 });
  browser = await chromium.launch(CHROMIUM);
}, OPENING_MS);
afterAll(async () => {
  await browser.close();
  await served.close();
  await desk.close();
});

it.each([
  ['the post page', `/@harbor/posts/${ID}`],
  ['the account page', '/@harbor'],
  ['the list of accounts', '/'],
  ['the desk', '/desk'],
])('on %s hostile text is shown and runs nothing', async (_, path) => {
  const context = await browser.newContext({ extraHTTPHeaders: { Authorization: `Bearer ${TOKEN}` } });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const blocked: string[] = [];
  page.on('console', (message) => blocked.push(message.text()));

  await page.goto(`${served.url}${path}`, { waitUntil: 'networkidle' });

  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(await page.locator('script, [onerror], [onfocus], [autofocus], main b').count()).toBe(0);
  expect(
    asked.filter((each) => !['/style.css', `/assets/${ID}_hero.png`, '/favicon.ico', path].includes(each)),
  ).toEqual([]);
  expect(blocked.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  const text = await page.locator('body').innerText();
  expect(text).toContain(SCRIPT);
  expect(text).toContain(IMAGE);
  expect(text).toContain('&lt;b&gt;');
  await context.close();
});

it('shows the picture, and fits a narrow and a wide window', async () => {
  const page = await browser.newPage();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${served.url}/@harbor/posts/${ID}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  }
  expect(await page.evaluate("document.querySelector('img.media').naturalWidth")).toBe(64);
  await page.close();
});

it('gives an Atom feed that an XML parser takes', async () => {
  const page = await browser.newPage();
  await page.goto(`${served.url}/`);
  const atom = await (await desk.get('/@harbor/feed.xml')).text();
  const parsed = await page.evaluate((xml) => {
    const parser = new (globalThis as any).DOMParser();
    const document = parser.parseFromString(xml, 'application/xml');
    const title = document.querySelector('entry > title');
    const rendered = parser.parseFromString(title?.textContent ?? '', 'text/html').body.textContent;
    return { broken: document.querySelector('parsererror')?.textContent ?? null, rendered };
  }, atom);
  expect(parsed).toEqual({ broken: null, rendered: HOSTILE });
  await page.close();
});

it('signs in and out by its form', async () => {
  const page = await browser.newPage();
  await page.goto(`${served.url}/desk`);
  await page.getByLabel('Token').fill(TOKEN);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Waiting for a person' }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Token').waitFor();
  await page.close();
});
