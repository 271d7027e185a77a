import type { Client } from '@temporalio/client';
import { watchAccountFiles } from '../config/accounts/account-files.js';
import type { Settings } from '../config/settings.js';
import { createDesk } from '../desk/desk.js';
import { serveDesk, type ServedDesk } from '../desk/serve.js';
import type { OpenStores } from './open-stores.js';
import { liveStatus } from './live-status.js';
import { say } from './log.js';
import { deskSessions } from './sessions.js';
import { deskToken } from './token.js';

/** Serves the desk over the archive and, for what is running, over Temporal. @throws DeskNotServed */
export async function openDesk(options: {
  settings: Settings;
  client: Client;
  stores: OpenStores;
}): Promise<ServedDesk> {
  const { settings, client, stores } = options;
  const now = (): Date => new Date();
  const app = createDesk({
    archive: stores.archive,
    accounts: watchAccountFiles(settings.accounts, say),
    assets: stores.assets,
    settings: { url: settings.url, api: settings.api, token: await deskToken(settings) },
    sessions: await deskSessions(settings.data, now),
    live: liveStatus(client),
    log: say,
    now,
  });
  return serveDesk({ app, host: settings.host, port: settings.port });
}
