import { watchAccountFiles } from '../config/accounts/account-files.js';
import { createDesk } from '../desk/desk.js';
import type { DeskDeps } from '../desk/deps.js';
import { sessionsInMemory, toldWorkflows } from '../desk/testing/workflows.js';
import { serveDesk, type Served } from '../desk/serve.js';
import { liveStatus } from '../workers/open-desk.js';
import type { Harness } from './harness.js';

/**
 * A desk over what the harness runs: its archive, assets and workflows' states. Decisions reach no workflow.
 *
 * @param token signs in
 */
export function deskOver({ services, client }: Harness, token: string, change: Partial<DeskDeps> = {}) {
  const { archive, assets } = services;
  return createDesk({
    archive,
    assets,
    accounts: watchAccountFiles('accounts', () => undefined),
    live: liveStatus(client),
    ...toldWorkflows(),
    settings: { url: 'http://127.0.0.1:8300', api: 'http://127.0.0.1:8300', token },
    sessions: sessionsInMemory(),
    log: () => undefined,
    now: () => new Date(),
    ...change,
  });
}

/** The same, served at a free port. */
export const serveDeskOver = (...args: Parameters<typeof deskOver>): Promise<Served> =>
  serveDesk({ app: deskOver(...args), host: '127.0.0.1', port: 0 });
