import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import sharp from 'sharp';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PostStatus } from '../../contract/status.js';
import type { ServedDesk } from '../serve.js';
import { until } from '../../test/until.js';
import { expectAccessibleInAllLooks } from '../testing/axe.js';
import { OPENING_MS, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleAccount, sampleBatch, waitingPost } from '../testing/samples.js';
import { useDeskInBrowser } from '../testing/use-desk-in-browser.js';

const IDS = ['HarborPost01', 'HarborPost02', 'HarborPost03'] as const;
const BLOCKED = 'HarborBlock1';
const EDITED = 'HarborEdit01';

const UNFOLD = "document.querySelectorAll('details.fold').forEach((fold) => (fold.open = true))";

let desk: DeskUnderTest;
let served: ServedDesk;
let browser: Browser;
let page: Page;

const statusOf = (id: string): PostStatus => posts.get(id) as PostStatus;
const posts = new Map<string, PostStatus>();
async function save(status: PostStatus): Promise<void> {
  posts.set(status.id, status);
  await desk.savePost(status);
}
const minute = (n: number): string => `2026-06-28T14:0${n}:00.000Z`;

useDeskInBrowser((opened) => ({ desk, served, browser } = opened));
beforeAll(async () => {
  const picture = await sharp({ create: { width: 320, height: 180, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  for (const id of [...IDS, BLOCKED, EDITED]) await desk.storeFile(`${id}_hero.png`, picture);
  await desk.saveBatch(sampleBatch({ offline: true }));
  const pier = sampleAccount({ handle: 'pier', name: 'Pier', timeZone: 'America/New_York' });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
}, OPENING_MS);

beforeEach(async () => {
  desk.workflows.told.length = 0;
  for (const [n, id] of IDS.entries())
    await save(waitingPost(id, { createdAt: minute(n), title: `Clock number ${n + 1}` }));
  const error = {
    type: 'Provider.QuotaUsedUp',
    message: 'You exceeded your current quota.',
    requestId: 'req_1',
  };
  await save(
    waitingPost(BLOCKED, {
      createdAt: minute(4),
      title: 'A blocked clock',
      status: 'blocked',
      gate: null,
      error,
    }),
  );
  const edit = {
    decision: 'edit',
    by: 'ana',
    revision: 1,
    gate: 'publish',
    note: null,
    at: minute(6),
    counted: true,
  } as const;
  const first = waitingPost(EDITED, {
    account: 'pier',
    batchId: 'BatchBatch02',
    createdAt: minute(5),
    title: 'An edited clock',
  });
  await save(first);
  await save({ ...first, revision: 2, caption: 'One time on one clock.', review: [edit] });
});
afterEach(() => page.context().close());

async function newPage(options: BrowserContextOptions = {}): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { Authorization: `Bearer ${TOKEN}` },
    ...options,
  });
  page = await context.newPage();
}
async function open(path: string, options?: BrowserContextOptions): Promise<Page> {
  await newPage(options);
  await page.goto(`${served.url}${path}`);
  return page;
}
/**
 * Opens a page and holds the first request for an address back. Chromium is told before: on a page that is there already it lets
 * some more requests through after it has said that it holds them.
 */
async function openHolding(path: string, address: RegExp): Promise<() => Promise<Route>> {
  await newPage();
  let hold: (route: Route) => void;
  const held = new Promise<Route>((resolve) => (hold = resolve));
  await page.route(address, (route) => hold(route), { times: 1 });
  await page.goto(`${served.url}${path}`);
  return () => held;
}
const told = () => desk.workflows.told.map(({ id, value }) => [id, value]);
const shown = (name: string) => page.locator('.reader').getByRole('heading', { name }).waitFor();
/** Fails once the page has been left for another. */
const markPage = () => page.evaluate('window.marked = true');
const isMarked = () => page.evaluate('window.marked === true');
/** Runs a script each time that the main part of the page has been changed, and is about to be seen. */
const onMainShown = (script: string) =>
  page.evaluate(`document.addEventListener('htmx:afterSettle', ({ detail }) => {
    if (detail.target.id !== 'main') return;
    ${script}
  })`);

describe('keys', () => {
  it('j and k go through the list, in the pane', async () => {
    await open('/desk');
    await markPage();
    await page.keyboard.press('j');
    await shown('Clock number 2');
    await page.keyboard.press('j');
    await shown('Clock number 3');
    await page.keyboard.press('k');
    await shown('Clock number 2');
    expect(new URL(page.url()).pathname).toBe(`/desk/posts/${IDS[1]}`);
    expect(await page.title()).toContain('Clock number 2');
    expect(await isMarked()).toBe(true);
  });

  it('a approves, and the next post stands there with a line that says so', async () => {
    await open('/desk');
    await markPage();
    // What the decision leads to: a list that is fetched afterwards has the post until the archive hears of it.
    await onMainShown(`window.brought = document.querySelector('#row-${IDS[0]}') !== null;`);
    await page.keyboard.press('a');
    await shown('Clock number 2');
    await page.getByRole('status').getByText('Approved “Clock number 1”').waitFor();
    expect(told()).toMatchObject([[IDS[0], { decision: 'approve', revision: 1, publishAt: 'now' }]]);
    expect(await page.evaluate('window.brought')).toBe(false);
    expect(await isMarked()).toBe(true);
    await page.waitForURL((url) => !url.searchParams.has('notice'));
  });

  it('a approves, and a list that was on its way meanwhile does not bring the post back', async () => {
    const held = await openHolding('/desk', /part=list/);
    await page.evaluate("htmx.trigger('#rows', 'sse:post')");
    const late = await held();
    // As it was when it was asked for.
    const answer = await late.fetch();
    await page.keyboard.press('a');
    await shown('Clock number 2');
    const row = `#row-${IDS[0]}`;
    await page.evaluate(`new MutationObserver(() => { window.cameBack ||= document.querySelector('${row}') !== null; })
      .observe(document.body, { childList: true, subtree: true })`);
    await save({ ...statusOf(IDS[0]), status: 'scheduled', gate: null });
    const fresh = page.waitForRequest(/part=list/);
    await late.fulfill({ response: answer });
    await (await fresh).response();
    await page.locator('#rows:not(.htmx-request)').waitFor();
    expect(await page.locator(row).count()).toBe(0);
    expect(await page.evaluate('window.cameBack')).not.toBe(true);
  });

  it('the second click of a double click leaves the post that the first has brought', async () => {
    await open('/desk');
    await onMainShown(`
      if (!window.clicked) document.querySelector('.decide button[value=approve]').click();
      window.clicked = true;
    `);
    await page.keyboard.press('a');
    await until(() => page.evaluate('window.clicked === true'), Boolean);
    await page.locator('#main:not(:has(.htmx-request))').waitFor();
    expect(told()).toMatchObject([[IDS[0], { decision: 'approve' }]]);
    await shown('Clock number 2');
    // Nothing stands in the way of one who has seen it.
    await until(
      () => page.keyboard.press('a').then(told),
      (all) => all.length > 1,
      200,
    );
    expect(told()[1]).toMatchObject([IDS[1], { decision: 'approve' }]);
  });

  it('of two posts that were chosen one after the other, the second stays, however late the first comes', async () => {
    const held = await openHolding('/desk', new RegExp(`/desk/posts/${IDS[1]}`));
    await page.keyboard.press('j');
    const late = await held();
    const answer = await late.fetch();
    await page.locator(`#row-${IDS[2]} > a`).click();
    await shown('Clock number 3');
    // Nobody waits for it any more.
    await late.fulfill({ response: answer }).catch(() => undefined);
    await page.locator('#main:not(:has(.htmx-request))').waitFor();
    await page.keyboard.press('a');
    await page.getByRole('status').getByText('Approved').waitFor();
    expect(told()).toMatchObject([[IDS[2], { decision: 'approve' }]]);
  });

  it('r and v ask for the note first; Ctrl+Enter sends it', async () => {
    await open('/desk');
    await page.keyboard.press('r');
    await page.keyboard.type('Off voice: arj.');
    await page.keyboard.press('Control+Enter');
    await shown('Clock number 2');
    await page.keyboard.press('v');
    await page.keyboard.type('Shorter.');
    await page.keyboard.press('Control+Enter');
    await shown('Clock number 3');
    expect(told()).toEqual([
      [IDS[0], { decision: 'reject', by: 'editor', reason: 'Off voice: arj.' }],
      [IDS[1], { decision: 'revise', by: 'editor', instructions: 'Shorter.', redo: 'text' }],
    ]);
  });

  it('? shows what they are, and none does anything beneath or in a field', async () => {
    await open('/desk');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('');
    await page.getByRole('searchbox').press('a');
    expect(told()).toEqual([]);
    expect(await page.getByRole('searchbox').inputValue()).toBe('a');
  });

  it('on a phone that shows the list alone, a decides nothing', async () => {
    await open('/desk', { viewport: { width: 390, height: 844 } });
    await page.keyboard.press('a');
    await page.keyboard.press('j');
    await shown('Clock number 2');
    expect(told()).toEqual([]);
  });
});

describe('an edit', () => {
  it('counts while somebody types, and stays with the post', async () => {
    await open('/desk');
    await page.keyboard.press('e');
    const title = page.getByLabel('Title', { exact: true });
    await title.fill('x'.repeat(91));
    await page.getByText('91 of 90 characters').waitFor();
    const missed = page.locator('.counter.missed').filter({ hasText: 'of 90' });
    expect(await missed.count()).toBe(1);
    await title.fill('A shorter title');
    await page.getByText('15 of 90 characters').waitFor();
    expect(await missed.count()).toBe(0);
    await page.getByLabel('Hashtags').fill('#one two');
    await page.getByText('2 of 3 to 5 hashtags').waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('status').getByText('Edited “Clock number 1”').waitFor();
    expect(told()).toEqual([
      [IDS[0], { decision: 'edit', by: 'editor', title: 'A shorter title', hashtags: ['one', 'two'] }],
    ]);
    expect(new URL(page.url()).pathname).toBe(`/desk/posts/${IDS[0]}`);
  });
});

describe('several at once', () => {
  it('are chosen, and approved with a result each', async () => {
    await open('/desk');
    expect(await page.getByRole('button', { name: 'Approve selected' }).isVisible()).toBe(false);
    await page.getByRole('checkbox', { name: 'Select Clock number 1' }).check();
    await page.getByRole('checkbox', { name: 'Select Clock number 3' }).check();
    await page.getByRole('button', { name: 'Approve selected' }).click();
    await page.getByRole('status').getByText('Approved “Clock number 3”').waitFor();
    expect(desk.workflows.told.map(({ id }) => id).toSorted()).toEqual([IDS[0], IDS[2]]);
  });
});

describe('what comes meanwhile', () => {
  it('into a list that was empty can be chosen and approved there', async () => {
    const [id, batchId] = ['HarborLate01', 'BatchBatch09'];
    await open(`/desk?status=queue&batch=${batchId}`);
    await page.getByText('Nothing').first().waitFor();
    await desk.savePost(waitingPost(id, { batchId, title: 'A late clock' }));
    await page.evaluate("htmx.trigger('#rows', 'sse:post')");
    await page.getByRole('checkbox', { name: 'Select A late clock' }).check();
    await page.getByRole('button', { name: 'Approve selected' }).click();
    await page.getByRole('status').getByText('Approved “A late clock”').waitFor();
    expect(told()).toMatchObject([[id, { decision: 'approve', gate: 'publish' }]]);
    await desk.savePost(waitingPost(id, { batchId, status: 'published', gate: null }));
  });

  it('leaves what is chosen, typed and unfolded', async () => {
    await open('/desk');
    await page.getByRole('checkbox', { name: 'Select Clock number 2' }).check();
    await page.getByRole('searchbox').fill('half a wo');
    await save({ ...statusOf(IDS[2]), title: 'Clock number 3, new' });
    await page.evaluate("htmx.trigger('#rows', 'sse:post')");
    await page.locator(`#row-${IDS[2]}`).getByText('Clock number 3, new').waitFor();
    expect(await page.getByRole('checkbox', { name: 'Select Clock number 2' }).isChecked()).toBe(true);
    expect(await page.getByRole('searchbox').inputValue()).toBe('half a wo');
  });

  it('one that was chosen before it changed is not approved as it is now', async () => {
    await open('/desk');
    await page.getByRole('checkbox', { name: 'Select Clock number 2' }).check();
    await save({ ...statusOf(IDS[1]), revision: 2, title: 'Clock number 2, new' });
    await page.evaluate("htmx.trigger('#rows', 'sse:post')");
    await page.locator(`#row-${IDS[1]}`).getByText('Clock number 2, new').waitFor();
    await page.getByRole('button', { name: 'Approve selected' }).click();
    await page.getByRole('status').getByText('Clock number 2, new').waitFor();
    expect(await page.getByRole('status').innerText()).toMatch(/revision/i);
    expect(told()).toEqual([]);
    await page.getByRole('checkbox', { name: 'Select Clock number 2' }).check();
    await page.getByRole('button', { name: 'Approve selected' }).click();
    await page.getByRole('status').getByText('Approved “Clock number 2, new”').waitFor();
    expect(told()).toMatchObject([[IDS[1], { decision: 'approve', revision: 2 }]]);
  });

  it('a decision on an outdated revision says what changed, and keeps the note', async () => {
    await open(`/desk/posts/${EDITED}`);
    await save({ ...statusOf(EDITED), revision: 3, caption: 'No time on any clock.' });
    await page.locator('.decide [name=note]').fill('Say it shorter.');
    await page.getByRole('button', { name: 'Revise' }).click();
    await page.getByRole('alert').getByText('Revision 3 by ana came meanwhile').waitFor();
    expect(await page.locator('.since ins').allInnerTexts()).toContain('No');
    expect(await page.locator('.decide [name=note]').inputValue()).toBe('Say it shorter.');
    expect(told()).toEqual([]);
    await page.getByRole('button', { name: 'Revise' }).click();
    await page.getByRole('status').getByText('is being made again').waitFor();
  });

  it('a post that changed is not pulled away, and can be shown', async () => {
    await open(`/desk/posts/${EDITED}`);
    await save({ ...statusOf(EDITED), revision: 3, title: 'A clock edited again' });
    const data = JSON.stringify({ id: EDITED, revision: 3, status: 'awaiting_approval' });
    await page.evaluate(`htmx.trigger('#bar-places', 'sse:post', { data: ${JSON.stringify(data)} })`);
    await page.getByRole('link', { name: 'Show it as it is now' }).click();
    await shown('A clock edited again');
  });

  it('a post that comes to wait while it is read takes no click at once, where a cancel was meant', async () => {
    const drawn = { ...statusOf(IDS[0]), status: 'illustrating', gate: null } as const;
    await save(drawn);
    await open(`/desk/posts/${IDS[0]}`);
    await onMainShown(`
      const button = document.querySelector('.decide button[value=approve]');
      window.heldBack = button?.closest('.unseen') !== null;
      button?.click();
    `);
    await page.getByRole('button', { name: 'Cancel' }).first().waitFor();
    await save({ ...drawn, status: 'awaiting_approval', gate: 'publish' });
    await until(() => page.evaluate('window.heldBack !== undefined'), Boolean);
    expect(await page.evaluate('window.heldBack')).toBe(true);
    expect(told()).toEqual([]);
  });
});

describe('without scripts', () => {
  it.each([390, 1440])('a post is approved, and one is edited, at %i px', async (width) => {
    await open('/desk', { javaScriptEnabled: false, viewport: { width, height: 844 } });
    await page.getByRole('link', { name: /Clock number 1/ }).click();
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await shown('Clock number 2');
    await page.getByText('Approved “Clock number 1”').waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Caption').fill('By hand.');
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByText('Edited “Clock number 2”').waitFor();
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('alert').getByText('Say why').waitFor();
    expect(told()).toMatchObject([
      [IDS[0], { decision: 'approve', revision: 1 }],
      [IDS[1], { decision: 'edit', caption: 'By hand.' }],
    ]);
  });

  it('the time of an approval is asked for where it is wanted', async () => {
    await open(`/desk/posts/${IDS[0]}`, { javaScriptEnabled: false });
    expect(await page.getByLabel(/Day and time/).isVisible()).toBe(false);
    await page.getByLabel('When to publish').selectOption('at');
    await page.getByLabel(/Day and time/).fill('2026-07-02T09:00');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('it is published Jul 2, 9:00 AM').waitFor();
    expect(told()).toMatchObject([[IDS[0], { publishAt: '2026-07-02T07:00:00.000Z' }]]);
  });

  it('the second click of a double click leaves the post that the first has brought', async () => {
    // Where the decision stays in its place.
    await open(`/desk/posts/${IDS[0]}`, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const approve = page.getByRole('button', { name: 'Approve', exact: true });
    const animation = () =>
      page.evaluate('getComputedStyle(document.querySelector(".decide .main-button")).animationName');
    expect(await animation()).toBe('none');
    await approve.click();
    await shown('Clock number 2');
    await approve.waitFor();
    expect(await animation()).toBe('unseen');
  });
});

it('a phone has the decision at its bottom edge', async () => {
  await open(`/desk/posts/${IDS[0]}`, { viewport: { width: 390, height: 844 } });
  const box = await page.getByRole('button', { name: 'Approve', exact: true }).boundingBox();
  expect(box?.y).toBeGreaterThan(600);
  expect(box?.height).toBeGreaterThanOrEqual(44);
});

it('the link that signs in does so once, and its secret leaves the address', async () => {
  const link = `/desk/sign-in#once=${desk.once.make()}`;
  await open(link, { extraHTTPHeaders: {} });
  await page.getByRole('heading', { name: 'Queue' }).waitFor();
  expect(page.url()).toBe(`${served.url}/desk`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Token').waitFor();
  await page.goto(`${served.url}${link}`);
  await page.getByText('This link has been used').waitFor();
});

describe('texts of strangers', () => {
  const SCRIPT = '<script>window.hacked = true</script>';
  const HOSTILE = `${SCRIPT} "><img src=x onerror="window.hacked=true"> ' onfocus='window.hacked=true' autofocus {{7*7}}`;

  it.each([
    '/desk',
    '/desk/posts/HostilePost1',
    '/desk/posts/HostilePost1?edit=1',
    '/desk/posts/HostilePost1?since=1',
  ])('run nothing on %s', async (path) => {
    const base = waitingPost('HostilePost1', {
      account: 'pier',
      batchId: 'BatchBatch02',
      createdAt: minute(0),
    });
    const hostile = {
      ...{
        title: HOSTILE,
        body: `${HOSTILE}\n\n${HOSTILE}`,
        caption: HOSTILE,
        hashtags: [HOSTILE],
        altText: HOSTILE,
      },
      plan: {
        topic: HOSTILE,
        angle: HOSTILE,
        rationale: HOSTILE,
        newsPeg: HOSTILE,
        newsUrl: HOSTILE,
        button: HOSTILE,
      },
      pipeline: base.pipeline.map((row) => ({ ...row, note: HOSTILE, model: HOSTILE })),
      checks: [{ rule: HOSTILE, ok: false, detail: HOSTILE }],
      error: { type: 'media.policy', message: HOSTILE, requestId: HOSTILE },
    };
    const edit = {
      decision: 'edit',
      by: HOSTILE,
      revision: 1,
      gate: 'publish',
      note: HOSTILE,
      at: minute(1),
      counted: true,
    } as const;
    await save({ ...base, ...hostile });
    await save({ ...base, ...hostile, caption: `${HOSTILE} again`, revision: 2, review: [edit] });
    const complaints: string[] = [];
    await open('/desk/sign-in');
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`${served.url}${path}`);
    for (const fold of await page.locator('.fold > summary').all()) await fold.click();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('[onerror], [onfocus], [autofocus]').count()).toBe(0);
    expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
    expect(await page.locator('body').innerText()).toContain(SCRIPT);
    await save({ ...base, ...hostile, status: 'rejected', gate: null });
  });
});

describe('in both widths, by day and by night', { timeout: OPENING_MS }, () => {
  const unfold = (opened: Page) => opened.evaluate(UNFOLD);
  const options = { extraHTTPHeaders: { Authorization: `Bearer ${TOKEN}` } };
  it.each([
    '/desk',
    `/desk/posts/${IDS[0]}`,
    `/desk/posts/${IDS[0]}?edit=1`,
    `/desk/posts/${BLOCKED}`,
    `/desk/posts/${EDITED}?since=1`,
    '/desk?q=nothing-like-it',
    '/desk?batch=BatchBatch01',
  ])('%s is for everybody', async (path) => {
    await open('/desk');
    await expectAccessibleInAllLooks(browser, `${served.url}${path}`, options, unfold);
  });
  it('so is the form to sign in, and the help', async () => {
    await open('/desk');
    await expectAccessibleInAllLooks(browser, `${served.url}/desk/sign-in`);
    await expectAccessibleInAllLooks(browser, `${served.url}/desk`, options, (opened) =>
      opened.keyboard.press('?'),
    );
  });
});
