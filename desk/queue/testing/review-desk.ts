import type { BrowserContextOptions, Locator, Page, Route } from 'playwright-core';
import { beforeAll, beforeEach } from 'vitest';
import type { PostStatus, ReviewEntry } from '../../../contract/status.js';
import { sampleAccount, sampleBatch, waitingPost } from '../../testing/samples.js';
import { SIGNED_IN, useDeskInBrowser } from '../../testing/use-desk-in-browser.js';
import { plainPicture } from '../../testing/use-desk.js';

export const IDS = ['HarborPost01', 'HarborPost02', 'HarborPost03'] as const;
export const BLOCKED = 'HarborBlock1';
export const EDITED = 'HarborEdit01';
export const PHONE = { width: 390, height: 844 };

export const minute = (n: number): string => `2026-06-28T14:0${n}:00.000Z`;
/** An edit of the first revision. */
export const editBy = (by: string, note: string | null, at: string): ReviewEntry => {
  return { decision: 'edit', by, revision: 1, gate: 'publish', note, at, counted: true };
};

/** A desk with posts that wait, one that is blocked and one that was edited, as they are before each test, and one page on it. */
export class ReviewDesk {
  page!: Page;
  readonly inBrowser = useDeskInBrowser();
  readonly desk = this.inBrowser.desk;
  readonly served = this.inBrowser.served;
  readonly #posts = new Map<string, PostStatus>();

  /** Saves a post as it was last, but for what is named. */
  async change(id: string, changes: Partial<PostStatus>): Promise<void> {
    await this.save({ ...this.#posts.get(id)!, ...changes });
  }
  async save(status: PostStatus): Promise<void> {
    this.#posts.set(status.id, status);
    await this.desk.savePost(status);
  }
  /** What was told to posts, by their ids. */
  told(): unknown[][] {
    return this.desk.workflows.told.map(({ id, value }) => [id, value]);
  }

  async open(path: string, options?: BrowserContextOptions): Promise<Page> {
    await this.#newPage(options);
    await this.page.goto(`${this.served.url}${path}`);
    return this.page;
  }
  /**
   * Opens a page and holds the first request for an address back. Chromium is told before: on a page that is there already it lets
   * some more requests through after it has said that it holds them.
   */
  async openHolding(path: string, address: RegExp): Promise<() => Promise<Route>> {
    await this.#newPage();
    let hold: (route: Route) => void;
    const held = new Promise<Route>((resolve) => (hold = resolve));
    await this.page.route(address, (route) => hold(route), { times: 1 });
    await this.page.goto(`${this.served.url}${path}`);
    return () => held;
  }
  async #newPage(options: BrowserContextOptions = {}): Promise<void> {
    const viewport = { width: 1440, height: 900 };
    this.page = await this.inBrowser.newPage({ viewport, ...SIGNED_IN, ...options });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
  box(title: string): Locator {
    return this.page.getByRole('checkbox', { name: `Select ${title}` });
  }
  /** Waits for the post that is read. */
  async shown(name: string): Promise<void> {
    await this.page.locator('.reader').getByRole('heading', { name }).waitFor();
  }
  /** Waits for the row that is highlighted. */
  async current(id: string): Promise<void> {
    await this.page.locator(`#row-${id} > a[aria-current=true]`).waitFor();
  }
  /** Presses a key, and waits for the post that it leads to. */
  async press(key: string, next: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.shown(next);
  }
  /** Waits for the line that says what was done. */
  async said(text: string): Promise<void> {
    await this.page.getByRole('status').getByText(text).waitFor();
  }
  /** The page hears that posts have changed. */
  hearOfPosts(): Promise<unknown> {
    return this.page.evaluate("htmx.trigger('#rows', 'sse:post')");
  }
  /** Fails once the page has been left for another. */
  markPage(): Promise<unknown> {
    return this.page.evaluate('window.marked = true');
  }
  isMarked(): Promise<unknown> {
    return this.page.evaluate('window.marked === true');
  }
  /** Runs a script each time that the main part of the page has been changed, and is about to be seen. */
  onMainShown(script: string): Promise<unknown> {
    return this.page.evaluate(`document.addEventListener('htmx:afterSettle', ({ detail }) => {
      if (detail.target.id !== 'main') return;
      ${script}
    })`);
  }
}

/** Opens one for the tests around, and has its posts as they were before each. */
export function useReviewDesk(): ReviewDesk {
  const on = new ReviewDesk();
  beforeAll(async () => {
    const picture = await plainPicture(320, 180);
    for (const id of [...IDS, BLOCKED, EDITED]) await on.desk.storeFile(`${id}_hero.png`, picture);
    await on.desk.saveBatch(sampleBatch({ offline: true }));
    const pier = sampleAccount({ handle: 'pier', name: 'Pier', timeZone: 'America/New_York' });
    await on.desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
  });

  beforeEach(async () => {
    on.desk.workflows.told.length = 0;
    for (const [n, id] of IDS.entries())
      await on.save(waitingPost(id, { createdAt: minute(n), title: `Clock number ${n + 1}` }));
    const message = 'You exceeded your current quota.';
    const error = { type: 'Provider.QuotaUsedUp', message, requestId: 'req_1' };
    const blocked = { createdAt: minute(4), title: 'A blocked clock', status: 'blocked' } as const;
    await on.save(waitingPost(BLOCKED, { ...blocked, gate: null, error }));
    const ofPier = { account: 'pier', batchId: 'BatchBatch02', createdAt: minute(5) };
    await on.save(waitingPost(EDITED, { ...ofPier, title: 'An edited clock' }));
    const review = [editBy('ana', null, minute(6))];
    await on.change(EDITED, { revision: 2, caption: 'One time on one clock.', review });
  });
  return on;
}
