import type { Settings } from '../../config/settings.js';
import { listen, type Served } from '../../desk/serve.js';
import { temporalUi } from '../../desk/temporal-ui.js';
import { PortTaken } from './ports.js';

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
  settings: Pick<Settings, 'temporalPort' | 'temporalUiHost' | 'url' | 'api'>,
  upstream: () => string,
): Promise<Served> {
  const port = settings.temporalPort + 1_000;
  const app = temporalUi({ upstream, addresses: [settings.url, settings.api] });
  return listen({ app, host: settings.temporalUiHost, port }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? new PortTaken(port, true) : error;
  });
}
