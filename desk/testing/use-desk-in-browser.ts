import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from '../../test/chromium.js';
import { OPENING_MS } from './desk-under-test.js';
import { useServedDesk, type DeskOverHttp } from './use-served-desk.js';

/** A desk, and a browser to look at it with. */
export interface DeskInBrowser extends DeskOverHttp {
  readonly browser: Browser;
}

/** Opens a desk for the tests around, still empty, serves it and starts Chromium; closes all of it after them. */
export function useDeskInBrowser(opened: (all: DeskInBrowser) => void): void {
  let reached: DeskOverHttp;
  let browser: Browser | undefined;
  useServedDesk((all) => (reached = all));
  beforeAll(async () => {
    browser = await launchChromium();
    opened({ ...reached, browser });
  }, OPENING_MS);
  // Hooks after all run in reverse: the browser is closed before the desk that it listens to.
  afterAll(() => browser?.close());
}
