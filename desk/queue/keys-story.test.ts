import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { PostStatus } from '../../contract/status.js';
import { until } from '../../test/until.js';
import { sampleAccount, sampleBatch, waitingPost } from '../testing/samples.js';
import { SIGNED_IN, useDeskInBrowser } from '../testing/use-desk-in-browser.js';

/** Fifty posts of five accounts are decided without a mouse, with keys as fast as a keyboard repeats them. */

const REPEAT_MS = 30;
const ACCOUNTS = ['ferry', 'harbor', 'pier', 'quay', 'reef'];
const POSTS = ACCOUNTS.flatMap((account, at) =>
  Array.from({ length: 10 }, (_, n) => {
    const number = `${at}${n}`;
    const of = { account, batchId: `BatchBatch0${at}`, createdAt: `2026-06-28T14:${number}:00.000Z` };
    return waitingPost(`StoryPost0${number}`, { ...of, title: `Clock ${number}` });
  }),
);
const IDS = POSTS.map(({ id }) => id);

const { desk, open } = useDeskInBrowser();
const decided = new Map<string, string>();
beforeAll(async () => {
  for (const [at, handle] of ACCOUNTS.entries())
    await desk.saveBatch(sampleBatch({ id: `BatchBatch0${at}`, account: handle }), sampleAccount({ handle }));
  const posts = new Map<string, PostStatus>(POSTS.map((post) => [post.id, post]));
  for (const post of POSTS) await desk.savePost(post);
  // As a post's workflow would have it on record.
  desk.workflows.answer = async (id, { decision }) => {
    const status = { approve: 'published', revise: 'drafting', reject: 'rejected' }[decision as 'approve'];
    decided.set(id, decision);
    await desk.savePost({ ...posts.get(id)!, status: status as 'published', gate: null });
    return { status: status as 'published', revision: 1 };
  };
});

/** A key that is held down, with Shift for a range: the browser hears it again every 30 ms. */
async function hold({ keyboard }: Page, key: string, times: number, isRange = false): Promise<void> {
  if (isRange) await keyboard.down('Shift');
  for (let n = 0; n < times; n += 1) {
    await keyboard.down(key);
    await pause(REPEAT_MS);
  }
  await keyboard.up(key);
  if (isRange) await keyboard.up('Shift');
}
const highlighted = (page: Page): Promise<string> =>
  page.evaluate<string>(
    "document.querySelector('.posts a[aria-current]').parentElement.id.replace('row-', '')",
  );
/** Waits until a post can be decided. */
const ready = (page: Page, id: string): Promise<void> =>
  page.locator(`.reader[data-post="${id}"] .decide:not(.unseen)`).waitFor();

it('fifty posts are decided without a mouse, and no key misses', async () => {
  const page = await open('/desk', { viewport: { width: 1440, height: 900 }, ...SIGNED_IN });
  const { keyboard } = page;
  const dots = await page.locator('.group .dot').evaluateAll((all) => all.map(({ className }) => className));
  expect(new Set(dots).size).toBe(ACCOUNTS.length);

  await hold(page, 'j', 49);
  expect(await highlighted(page)).toBe(IDS[49]);
  await ready(page, IDS[49]!);
  await hold(page, 'k', 30);
  await hold(page, 'j', 5);
  await hold(page, 'k', 24);
  expect(await highlighted(page)).toBe(IDS[0]);

  const left = [...IDS];
  const expected = new Map<string, string>();
  async function decide(decision: 'approve' | 'reject' | 'revise'): Promise<void> {
    await ready(page, left[0]!);
    expected.set(left.shift()!, decision);
    await keyboard.press({ approve: 'a', reject: 'r', revise: 'v' }[decision]);
    if (decision === 'approve') return;
    await keyboard.type('Not this hour.', { delay: REPEAT_MS });
    await keyboard.press('Control+Enter');
  }
  for (const decision of ['approve', 'reject', 'approve', 'revise', 'approve'] as const)
    for (let n = 0; n < 2; n += 1) await decide(decision);
  await ready(page, left[0]!);

  // Four accounts are left: all of the first but its last, and then what is left, by one key each.
  await keyboard.press('x');
  await hold(page, 'j', 8, true);
  for (const id of left.splice(0, 9)) expected.set(id, 'approve');
  await keyboard.press('a');
  await ready(page, left[0]!);
  expect([...decided]).toEqual(expect.arrayContaining([...expected]));
  expect(decided.size).toBe(19);

  await keyboard.press('x');
  await hold(page, 'j', 30, true);
  for (const id of left.splice(0)) expected.set(id, 'reject');
  await keyboard.press('r');
  await keyboard.type('The clocks have stopped.');
  await keyboard.press('Control+Enter');
  await page.getByText('Nothing waits for you.').waitFor();
  await until(
    () => Promise.resolve(decided.size),
    (size) => size === 50,
  );
  expect(decided).toEqual(expected);
  expect(desk.workflows.told.length).toBe(50);
});
