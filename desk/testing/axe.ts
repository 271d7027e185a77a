import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One line for each element that breaks a rule: which rule, which element, and how to mend it. */
const VIOLATIONS = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => id + ' at ' + node.target.join(' ') + ': ' + node.failureSummary)))`;

/** How wide a page reaches past its window, in pixels: 0 where it does not scroll sideways. */
const OVERHANG = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** A phone and a desktop, by day and by night: every page is held to all four. */
const WIDTHS = [390, 1440];
const SCHEMES = ['light', 'dark'] as const;

/**
 * Fails where axe-core finds a violation in a page as it stands, or where the page scrolls sideways. What is folded or hidden
 * is not looked at: unfold it before. The page's context needs `bypassCSP`, as `expectAccessibleInAllLooks` sets it.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const where = `${page.url()}, ${page.viewportSize()?.width} px wide`;
  await page.evaluate(AXE);
  expect(await page.evaluate<string[]>(VIOLATIONS), where).toEqual([]);
  expect(await page.evaluate<number>(OVERHANG), `${where}, scrolls sideways by`).toBe(0);
}

/**
 * Opens an address in all four looks, and holds each to `expectAccessible`.
 *
 * @param address absolute.
 * @param options of each context, such as `extraHTTPHeaders` that sign in.
 * @param prepare unfolds and fills what is to be looked at.
 */
export async function expectAccessibleInAllLooks(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  for (const width of WIDTHS) {
    const viewport = { width, height: 900 };
    // The page's own Content-Security-Policy would keep axe-core out of it.
    const look = { viewport, reducedMotion: 'reduce', bypassCSP: true } as const;
    const page = await browser.newPage({ ...look, ...options });
    await page.emulateMedia({ colorScheme: SCHEMES[0] });
    await page.goto(address, { waitUntil: 'load' });
    await prepare(page);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
    await page.close();
  }
}
