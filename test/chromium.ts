import { chromium, type Browser } from 'playwright-core';

/** Chromium on its own: no sandbox, since tests run as root in containers, and nothing asked of the internet. */
const ARGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** The browser that `npm test` has found, else the one of Debian's package. The caller closes it. */
export function launchChromium(): Promise<Browser> {
  const executablePath = process.env.COPYDESK_TEST_CHROMIUM || '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ARGS });
}
