import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../../test/until.js';
import type { ReviewRequest } from '../../contract/messages.js';
import { sampleAccount, samplePost } from '../testing/samples.js';
import { SIGNED_IN, useDeskInBrowser } from '../testing/use-desk-in-browser.js';

const [ONE, OTHER] = ['OnePostPost1', 'OtherPostPo1'];
const slots = { week: { mon: ['09:00'], wed: ['12:15'], fri: ['09:00'] }, missed: 'late' } as const;
// As of Warsaw in summer: a free Monday, and what two posts have.
const [MON, WED, FRI] = ['2026-06-29T07:00:00.000Z', '2026-07-01T10:15:00.000Z', '2026-07-03T07:00:00.000Z'];
const WEEK = '/desk/calendar?account=harbor&day=2026-07-01';
const TITLES: Readonly<Record<string, string>> = { [ONE]: 'Two tides', [OTHER]: 'Four bells' };

let page: Page;
let sequence = 0;
let moved: string[] = [];
const { desk, open: openAt, expectForEverybody } = useDeskInBrowser();
beforeAll(async () => {
  await desk.saveBatch(undefined, sampleAccount({ slots }));
  // As its workflow does: it takes the time, and says so on its record.
  desk.workflows.posts.review = async (id: string, request: ReviewRequest) => {
    if (request.decision !== 'reschedule') throw new Error(`nobody expected ${request.decision}`);
    moved.push(`${id} ${request.publishAt}`);
    await schedule(id, request.publishAt);
    return { status: 'scheduled', revision: 1 };
  };
});
beforeEach(async () => {
  await schedule(ONE, WED);
  await schedule(OTHER, FRI);
  moved = [];
});

async function schedule(id: string, slot: string, title = TITLES[id]): Promise<void> {
  await desk.savePost(samplePost(id, { status: 'scheduled', slot, title, publishedAt: null }));
  await desk.archive.slots.takeAt({ postId: id, account: 'harbor', sequence: (sequence += 1) }, slot);
}
async function open(path: string, options: BrowserContextOptions = {}): Promise<void> {
  page = await openAt(path, { ...SIGNED_IN, timezoneId: 'Europe/Warsaw', ...options });
}
const free = (at: string, account = 'harbor') => `#slot-${account}-${Date.parse(at)}`;
const said = (text: string | RegExp) => page.getByRole('status').getByText(text).waitFor();
/** The words of what has the focus; none where nothing has it. */
const focused = () =>
  page.evaluate<string>('document.querySelector(":focus")?.textContent.replace(/\\s+/g, " ").trim() ?? ""');
const focusIs = (words: string) => until(focused, (text) => text.includes(words));

describe('by hand', () => {
  it('a post is dropped where it was and stays, on a free slot, on another post, and on a day', async () => {
    await open(WEEK);
    await page.dragAndDrop(`#post-${ONE} time`, `#post-${ONE} .entry-title`);
    expect(await page.locator('.picked, .over-it').count()).toBe(0);
    expect(moved).toEqual([]);

    await page.dragAndDrop(`#post-${ONE} time`, free(MON));
    await said('“Two tides” goes out Mon, Jun 29, 09:00 now.');
    await page.locator(`#post-${ONE} time`).getByText('09:00').waitFor();
    expect(moved).toEqual([`${ONE} ${MON}`]);

    await page.dragAndDrop(`#post-${ONE} .entry-title`, `#post-${OTHER}`);
    await said('Swapped: “Two tides” goes out Fri, Jul 3, 09:00 now, and “Four bells” Mon, Jun 29, 09:00.');
    expect(moved.slice(1)).toEqual([`${ONE} ${FRI}`, `${OTHER} ${MON}`]);

    await page.dragAndDrop(`#post-${ONE} time`, '.day[data-date="2026-07-04"] h2');
    await said('“Two tides” goes out Sat, Jul 4, 09:00 now.');
    expect(new URL(page.url()).pathname).toBe('/desk/calendar');
  });
});

describe('by keys', () => {
  it('a post is picked up, carried from slot to slot and put down, and each is said', async () => {
    await open(WEEK);
    await page.locator(`#post-${ONE} .move-link`).focus();
    await page.keyboard.press('Space');
    await said('Picked up “Two tides”.');
    await focusIs('Swap with “Four bells”, Friday, July 3, 09:00');
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe('Move here, Monday, June 29, 09:00');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toContain('Monday');
    await page.keyboard.press('End');
    expect(await focused()).toContain('Friday');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await said('“Two tides” goes out Mon, Jun 29, 09:00 now.');
    await focusIs('Move “Two tides”');
    expect(moved).toEqual([`${ONE} ${MON}`]);
  });

  it('Escape leaves it where it is, and the focus where it was', async () => {
    await open(WEEK);
    await page.locator(`#post-${ONE} .move-link`).press('Enter');
    await focusIs('Swap with');
    await page.keyboard.press('Escape');
    await focusIs('Move “Two tides”');
    expect(await page.locator('#move').count()).toBe(0);
    expect(moved).toEqual([]);
  });

  it('a key that is pressed as soon as the page has changed loads no page', async () => {
    await open(WEEK);
    await page.evaluate(`
      window.first = true;
      const escape = () => {
        document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
        window.escaped = true;
      };
      document.addEventListener('htmx:afterSwap', ({ detail }) => {
        if (detail.target.id === 'main' && !window.escaped) setTimeout(escape);
      });
    `);
    await page.locator(`#post-${ONE} .move-link`).press('Enter');
    await until(() => page.evaluate('window.escaped'), Boolean);
    await focusIs('Move “Two tides”');
    await page.waitForURL((url) => !url.searchParams.has('move'));
    expect(await page.evaluate('window.first')).toBe(true);
  });
});

it('the first page of a browser is in its zone already', async () => {
  await open(WEEK, { timezoneId: 'Asia/Tokyo' });
  await page.getByText('times of Asia/Tokyo').waitFor();
  await page.dragAndDrop(`#post-${ONE} time`, '.day[data-date="2026-07-04"] h2');
  await said('“Two tides” goes out Sat, Jul 4, 19:15 now.');
  expect(moved).toEqual([`${ONE} 2026-07-04T10:15:00.000Z`]);
});

it('with scripts off, links and forms do it', async () => {
  await open(WEEK, { javaScriptEnabled: false });
  await page.locator(`#post-${ONE} .move-link`).click();
  await page.getByRole('button', { name: 'Swap with “Four bells”, Friday, July 3, 09:00' }).click();
  await said(/Swapped/);
  await page.locator(`#post-${ONE} .move-link`).click();
  await page.getByLabel('Free slots').selectOption('Mon, Jun 29, 09:00');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await said('“Two tides” goes out Mon, Jun 29, 09:00 now.');
  await page.locator(`#post-${ONE} .move-link`).click();
  await page.getByLabel('Free slots').selectOption('at…');
  await page.getByLabel('Day and time').fill('2026-07-02T17:45');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await said('“Two tides” goes out Thu, Jul 2, 17:45 now.');
  const typed = '2026-07-02T15:45:00.000Z';
  expect(moved).toEqual([`${ONE} ${FRI}`, `${OTHER} ${WED}`, `${ONE} ${MON}`, `${ONE} ${typed}`]);
});

it('what becomes of a post elsewhere stands there without being loaded again, also while one is picked up', async () => {
  await open(`${WEEK}&move=${ONE}`);
  await page.evaluate('window.first = true');
  await schedule(OTHER, FRI, 'Four bells, and a fifth');
  await page.locator(`#post-${OTHER} .entry-title`).getByText('Four bells, and a fifth').waitFor();
  await page.getByRole('button', { name: 'Swap with “Four bells, and a fifth”' }).waitFor();
  expect(await page.evaluate('window.first')).toBe(true);
});

it('what is fetched a moment after a post was picked up leaves the places for it, and the focus', async () => {
  await open(WEEK);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.evaluate('htmx.trigger("#calendar-now", "sse:post")');
  await page.locator(`#post-${ONE} .move-link`).press('Enter');
  await focusIs('Swap with “Four bells”');
  const fetched = page.waitForRequest(/part=now/);
  await page.clock.runFor(500);
  expect((await fetched).url()).toContain(`move=${ONE}`);
  await (await fetched).response();
  await page.locator('#calendar-now:not(.htmx-request)').waitFor();
  await page.keyboard.press('ArrowLeft');
  expect(await focused()).toBe('Move here, Monday, June 29, 09:00');
});

it('the calendar can be read by everybody, on a phone and by night', () =>
  expectForEverybody(
    [WEEK, `${WEEK}&view=month`, `${WEEK}&move=${ONE}`, '/desk/calendar'],
    SIGNED_IN,
    (shown) => shown.locator('.places-menu').evaluate('(menu) => void (menu.open = true)'),
  ));
