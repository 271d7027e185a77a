import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessibleInAllLooks } from '../testing/axe.js';
import { OPENING_MS, TOKEN } from '../testing/desk-under-test.js';
import { hostilePost } from '../testing/hostile-post.js';
import { waitingPost } from '../testing/samples.js';
import { BLOCKED, EDITED, IDS, minute, useReviewDesk } from './testing/review-desk.js';

const UNFOLD = "document.querySelectorAll('details.fold').forEach((fold) => (fold.open = true))";

const on = useReviewDesk();

it('a phone has the decision at its bottom edge', async () => {
  await on.open(`/desk/posts/${IDS[0]}`, { viewport: { width: 390, height: 844 } });
  const box = await on.page.getByRole('button', { name: 'Approve', exact: true }).boundingBox();
  expect(box?.y).toBeGreaterThan(600);
  expect(box?.height).toBeGreaterThanOrEqual(44);
});

it('the link that signs in does so once, and its secret leaves the address', async () => {
  const link = `/desk/sign-in#once=${on.desk.once.make()}`;
  await on.open(link, { extraHTTPHeaders: {} });
  await on.page.getByRole('heading', { name: 'Queue' }).waitFor();
  expect(on.page.url()).toBe(`${on.served.url}/desk`);
  await on.page.getByRole('button', { name: 'Sign out' }).click();
  await on.page.getByLabel('Token').waitFor();
  await on.page.goto(`${on.served.url}${link}`);
  await on.page.getByText('This link has been used').waitFor();
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
    const hostile = hostilePost(HOSTILE, base);
    const edit = {
      decision: 'edit',
      by: HOSTILE,
      revision: 1,
      gate: 'publish',
      note: HOSTILE,
      at: minute(1),
      counted: true,
    } as const;
    await on.save({ ...base, ...hostile });
    await on.save({ ...base, ...hostile, caption: `${HOSTILE} again`, revision: 2, review: [edit] });
    const complaints: string[] = [];
    await on.open('/desk/sign-in');
    on.page.on('console', (message) => complaints.push(message.text()));
    await on.page.goto(`${on.served.url}${path}`);
    for (const fold of await on.page.locator('.fold > summary').all()) await fold.click();
    expect(await on.page.evaluate('window.hacked')).toBeUndefined();
    expect(await on.page.locator('[onerror], [onfocus], [autofocus]').count()).toBe(0);
    expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
    expect(await on.page.locator('body').innerText()).toContain(SCRIPT);
    await on.save({ ...base, ...hostile, status: 'rejected', gate: null });
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
    await on.open('/desk');
    await expectAccessibleInAllLooks(on.browser, `${on.served.url}${path}`, options, unfold);
  });
  it('so is the form to sign in, and the help', async () => {
    await on.open('/desk');
    await expectAccessibleInAllLooks(on.browser, `${on.served.url}/desk/sign-in`);
    await expectAccessibleInAllLooks(on.browser, `${on.served.url}/desk`, options, (opened) =>
      opened.keyboard.press('?'),
    );
  });
});
