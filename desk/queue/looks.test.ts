import { describe, expect, it } from 'vitest';
import { hostilePost, waitingPost } from '../testing/samples.js';
import { SIGNED_IN } from '../testing/use-desk-in-browser.js';
import { BLOCKED, EDITED, editBy, IDS, minute, PHONE, useReviewDesk } from './testing/review-desk.js';

const UNFOLD = "document.querySelectorAll('details.fold').forEach((fold) => (fold.open = true))";

const on = useReviewDesk();

it('a phone has the decision at its bottom edge', async () => {
  await on.open(`/desk/posts/${IDS[0]}`, { viewport: PHONE });
  const box = await on.button('Approve').boundingBox();
  expect(box?.y).toBeGreaterThan(600);
  expect(box?.height).toBeGreaterThanOrEqual(44);
});

it.each([
  [859, false],
  [860, true],
  [1024, true],
])('at %i px the list and the post stand side by side: %s', async (width, are) => {
  const page = await on.open('/desk', { viewport: { width, height: 800 } });
  expect(await page.locator('.list-pane').isVisible()).toBe(true);
  expect(await page.locator('.reader').isVisible()).toBe(are);
  if (!are) return;
  // Beneath the piece, it is at hand all the same.
  const box = await page.locator('.decide').boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(800);
  expect(box?.x).toBe(320);
});

it('the link that signs in does so once, and its secret leaves the address', async () => {
  const link = `/desk/sign-in#once=${on.desk.once.make()}`;
  const page = await on.open(link, { extraHTTPHeaders: {} });
  await page.getByRole('heading', { name: 'Queue' }).waitFor();
  expect(page.url()).toBe(`${on.served.url}/desk`);
  await on.button('Sign out').click();
  await page.getByLabel('Token').waitFor();
  await page.goto(`${on.served.url}${link}`);
  await page.getByText('This link has been used').waitFor();
});

const SCRIPT = '<script>window.hacked = true</script>';
const HOSTILE = `${SCRIPT} "><img src=x onerror="window.hacked=true"> ' onfocus='window.hacked=true' autofocus {{7*7}}`;

it('texts of strangers run nothing in the list, nor where their post is read, edited and compared', async () => {
  const ofPier = { account: 'pier', batchId: 'BatchBatch02', createdAt: minute(0) };
  const base = waitingPost('HostilePost1', ofPier);
  const hostile = hostilePost(HOSTILE, base);
  await on.save({ ...base, ...hostile });
  const review = [editBy(HOSTILE, HOSTILE, minute(1))];
  await on.change(base.id, { caption: `${HOSTILE} again`, revision: 2, review });
  const complaints: string[] = [];
  const page = await on.inBrowser.newPage(SIGNED_IN);
  page.on('console', (message) => complaints.push(message.text()));
  const post = `/desk/posts/${base.id}`;
  for (const path of ['/desk', post, `${post}?edit=1`, `${post}?since=1`]) {
    await page.goto(`${on.served.url}${path}`);
    for (const fold of await page.locator('.fold > summary').all()) await fold.click();
    expect(await page.evaluate('window.hacked'), path).toBeUndefined();
    expect(await page.locator('[onerror], [onfocus], [autofocus]').count(), path).toBe(0);
    expect(await page.locator('body').innerText(), path).toContain(SCRIPT);
  }
  expect(complaints.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  await on.save({ ...base, ...hostile, status: 'rejected', gate: null });
});

describe('in both widths, by day and by night', () => {
  const { expectForEverybody } = on.inBrowser;

  it.each([
    [['/desk', '/desk?q=nothing-like-it', '/desk?batch=BatchBatch01']],
    [[`${IDS[0]}`, `${IDS[0]}?edit=1`, BLOCKED, `${EDITED}?since=1`].map((id) => `/desk/posts/${id}`)],
  ])('%j are for everybody', (paths) =>
    expectForEverybody(paths, SIGNED_IN, (page) => page.evaluate(UNFOLD)),
  );

  it('so is the help', () => expectForEverybody(['/desk'], SIGNED_IN, (page) => page.keyboard.press('?')));

  it('so is the way to anything', () =>
    expectForEverybody(['/desk'], SIGNED_IN, (page) => page.keyboard.press('Control+k')));

  it('so is the form to sign in', () => expectForEverybody(['/desk/sign-in']));
});
