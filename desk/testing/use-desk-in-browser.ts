import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchChromium } from '../../test/chromium.js';
import { OPENING_MS, TOKEN, useDeskOverHttp } from './use-desk.js';

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

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One line for each element that breaks a rule: which rule, which element, and how to mend it. */
const findViolations = (options: object): string => `axe.run(document, ${JSON.stringify(options)})
  .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => id + ' at ' + node.target.join(' ') + ': ' + node.failureSummary)))`;

const BY_DAY = findViolations({
  resultTypes: ['violations'],
  // Of WCAG 2.2, which axe-core leaves off by itself.
  rules: { 'target-size': { enabled: true } },
});
/** The night has other colours, and nothing else that is other. */
const BY_NIGHT = findViolations({
  resultTypes: ['violations'],
  runOnly: ['color-contrast', 'link-in-text-block'],
});

/** How wide a page reaches past its window, in pixels: 0 where it does not scroll sideways. */
const OVERHANG = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** A phone and a desktop. */
const WIDTHS = [390, 1440];

/**
 * Fails where axe-core finds a violation in a page as it stands, or where the page scrolls sideways: on a phone and on a desktop,
 * by day and by night. What is folded or hidden is not looked at: unfold it before. `expectAccessibleAt` opens such a page.
 */
export async function expectAccessible(page: Page): Promise<void> {
  for (const width of WIDTHS) {
    const where = `${page.url()}, ${width} px wide`;
    await page.setViewportSize({ width, height: 900 });
    for (const [colorScheme, violations] of [
      ['light', BY_DAY],
      ['dark', BY_NIGHT],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate<string[]>(violations), `${where}, ${colorScheme}`).toEqual([]);
    }
    expect(await page.evaluate<number>(OVERHANG), `${where}, scrolls sideways by`).toBe(0);
  }
}

/**
 * Opens addresses one after the other and holds each to `expectAccessible`.
 *
 * @param addresses absolute.
 * @param options of the context, such as `extraHTTPHeaders` that sign in.
 * @param prepare unfolds and fills what is to be looked at.
 */
export async function expectAccessibleAt(
  browser: Browser,
  addresses: readonly string[],
  options: BrowserContextOptions = {},
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  // The page's own Content-Security-Policy would keep axe-core out of it.
  const page = await browser.newPage({ reducedMotion: 'reduce', bypassCSP: true, ...options });
  await page.addInitScript({ content: AXE });
  for (const address of addresses) {
    await page.setViewportSize({ width: WIDTHS[0]!, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(address, { waitUntil: 'load' });
    await prepare(page);
    await expectAccessible(page);
  }
  await page.close();
}
