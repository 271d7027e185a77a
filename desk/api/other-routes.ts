import type { Hono } from 'hono';
import type { ReadAccount } from '../../config/accounts/load.js';
import { packageVersion } from '../../config/package-version.js';
import { ENDPOINTS } from '../../contract/api/endpoints.js';
import { openApiDocument } from '../../contract/api/openapi.js';
import { otherEndpoints } from '../../contract/api/others.js';
import type { Account } from '../../contract/account.js';
import { FORMAT_NAMES } from '../../contract/formats/registry.js';
import type { DeskDeps } from '../deps.js';
import { costQuery } from '../reading/cost-query.js';
import { findAccount } from '../reading/current-account.js';
import { comingWeeks, readSlotRows } from '../reading/slot-rows.js';
import type { Session } from '../http/session.js';
import { isHandle } from '../shared/handle.js';
import { requireAccount } from './require-account.js';
import { serve } from './serve.js';

/** `/api/costs`, `/api/accounts`, `/api/slots` and `/api/openapi.json`. */
export function otherRoutes(api: Hono, deps: DeskDeps, session: Session): void {
  const { archive, accounts, settings, now } = deps;

  serve(api, session, otherEndpoints.costs, async ({ query }) =>
    archive.ledger.sumCosts(costQuery({ by: query.by, since: query.since })),
  );

  serve(api, session, otherEndpoints.accounts, async () => {
    const files = await accounts.check();
    const rows = files.map(async (file) =>
      accountRow(file, file.account ?? (await accounts.account(file.handle))),
    );
    return { accounts: await Promise.all(rows) };
  });

  serve(api, session, otherEndpoints.slots, async ({ query: { account: handle, weeks } }) => {
    const account = isHandle(handle) ? await findAccount(deps, handle) : null;
    if (!account) await requireAccount(deps, handle);
    // A file that was never read without a problem says nothing of slots yet.
    if (!account) return { slots: [], timeZone: 'UTC' };
    const slots = await readSlotRows(archive, account, comingWeeks(now(), weeks));
    return { slots, timeZone: account.timeZone };
  });

  const document = openApiDocument(ENDPOINTS, { url: settings.url, version: packageVersion() });
  serve(api, session, otherEndpoints.openApi, async () => document);
}

/** An account as its file is, or as it last was without a problem. */
const accountRow = ({ handle, problems }: ReadAccount, account: Account | null) => ({
  handle,
  name: account?.name ?? null,
  planners: Object.entries(account?.planners ?? {}).map(([name, { covers }]) => ({ name, covers })),
  formats: account ? FORMAT_NAMES : [],
  targets: account ? account.targets.map(({ name }) => name) : [],
  problems,
});
