import { chromium, type Browser } from 'playwright-core';
import { borrow } from './servers/borrow.js';

/** The browser that the run shares, with contexts of one's own. Closing it closes these. */
export const launchChromium = async (): Promise<Browser> => chromium.connect(await borrow('chromium'));
