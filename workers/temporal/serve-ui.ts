import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import type { Settings } from '../../config/settings.js';
import { crowdOfStrangers } from '../../desk/http/crowd.js';
import { listen, type Served } from '../../desk/serve.js';
import { temporalUi } from '../../desk/temporal-ui.js';
import { PortTaken } from './ports.js';

export interface HiddenAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * A free address of this machine that no web page finds by trying. Linux and Windows answer on all of 127.0.0.0/8, so that
 * it is one among 16 million addresses; elsewhere, as on macOS, only its port is drawn.
 */
export async function hiddenAddress(): Promise<HiddenAddress> {
  const host = `127.${randomInt(1, 255)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
  return freePortOn(host).catch(() => freePortOn('127.0.0.1'));
}

function freePortOn(host: string): Promise<HiddenAddress> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ host, port: 0 }, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve({ host, port }));
    });
  });
}

/** Where the UI of a Temporal server of the user's own is; null where the settings name none. */
export function ownTemporalUi(settings: Pick<Settings, 'temporalUi'>): (() => string) | null {
  const { temporalUi: url } = settings;
  return url === null ? null : () => url;
}

/**
 * Where people reach the Temporal UI that is served at `served`: there, or on the desk's own host where it listens on more
 * than the loopback.
 */
export function temporalUiAddress(
  settings: Pick<Settings, 'temporalUiHost' | 'url'>,
  served: string,
): string {
  if (isLoopback(settings.temporalUiHost)) return served;
  return `http://${new URL(settings.url).hostname}:${new URL(served).port}`;
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

/**
 * Serves a Temporal UI through the check of who asks, on the embedded server's port plus 1000.
 *
 * @param upstream where the UI itself is by now.
 * @throws PortTaken
 */
export function serveTemporalUi(
  settings: Pick<Settings, 'temporalPort' | 'temporalUiHost' | 'url' | 'api' | 'maxRequests'>,
  upstream: () => string,
): Promise<Served> {
  const port = settings.temporalPort + 1_000;
  const app = temporalUi({ upstream, addresses: [settings.url, settings.api] });
  const crowd = crowdOfStrangers(settings.maxRequests);
  return listen({ app, host: settings.temporalUiHost, port, crowd }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new PortTaken(port, true) : error;
  });
}
