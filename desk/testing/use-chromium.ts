import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from '../../test/chromium.js';
import { OPENING_MS } from './desk-under-test.js';

/** Starts Chromium for the tests around, and closes it after them, before what was opened ahead of it. */
export function useChromium(launched: (browser: Browser) => void): void {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
    launched(browser);
  }, OPENING_MS);
  afterAll(() => browser?.close());
}
