import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchChromium } from '../../test/chromium.js';
import { expectAccessibleAt } from './axe.js';
import { OPENING_MS, TOKEN } from './desk-under-test.js';
import { useDeskOverHttp } from './use-desk.js';

/** A browser that shows the desk's token, and needs no cookie. */
export const SIGNED_IN = { extraHTTPHeaders: { Authorization: `Bearer ${TOKEN}` } };

/** A desk for the tests around, still empty, and a browser to look at it with: its pages are closed after each. */
export function useDeskInBrowser() {
  const { desk, served } = useDeskOverHttp();
  let browser: Browser;
  /** Of the signed-in, who bring no cookie: they keep nothing of a test but the files that every page loads. */
  const kept = new Map<string, BrowserContext>();
  beforeAll(async () => {
    browser = await launchChromium();
  }, OPENING_MS);
  afterEach(async () => {
    for (const context of browser.contexts()) {
      if (![...kept.values()].includes(context)) await context.close();
      else for (const page of context.pages()) await page.close();
    }
  });
  // Hooks after all run in reverse: the browser is closed before the desk that it listens to.
  afterAll(() => browser?.close());

  async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
    const key = JSON.stringify(options);
    const context = kept.get(key) ?? (await browser.newContext(options));
    if (options.extraHTTPHeaders === SIGNED_IN.extraHTTPHeaders) kept.set(key, context);
    return context.newPage();
  }
  return {
    desk,
    served,
    newPage,
    /** @param path at the desk, or an absolute address */
    async open(path: string, options?: BrowserContextOptions): Promise<Page> {
      const page = await newPage(options);
      await page.goto(new URL(path, served.url).href);
      return page;
    },
    /** `expectAccessibleAt` of paths at the desk, or of absolute addresses. */
    expectForEverybody(
      paths: readonly string[],
      options?: BrowserContextOptions,
      prepare?: (page: Page) => Promise<unknown>,
    ): Promise<void> {
      const addresses = paths.map((path) => new URL(path, served.url).href);
      return expectAccessibleAt(browser, addresses, options, prepare);
    },
  };
}
