import { watchAccountFiles } from '../config/accounts/account-files.js';
import { createDesk } from '../desk/desk.js';
import { sessionsInMemory } from '../desk/testing/sessions.js';
import { toldWorkflows } from '../desk/testing/workflows.js';
import type { Harness } from './harness.js';

/**
 * A desk over what the harness runs: its archive, assets and workflows' states. Decisions reach no workflow.
 *
 * @param token signs in
 */
export function deskOver({ services, postStatus, batchStatus }: Harness, token: string) {
  const { archive, assets } = services;
  return createDesk({
    archive,
    assets,
    accounts: watchAccountFiles('accounts', () => undefined),
    live: { post: postStatus, batch: batchStatus },
    ...toldWorkflows(),
    settings: { url: 'http://127.0.0.1:8300', api: 'http://127.0.0.1:8300', token },
    sessions: sessionsInMemory(),
    log: () => undefined,
    now: () => new Date(),
  });
}
