import type { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Session } from '../http/session.js';
import { serve } from './serve.js';
import { otherEndpoints } from '../../contract/api/others.js';
import { costQuery } from '../reading/queries.js';
import { isHandle } from '../kit/addresses.js';
import { findAccount } from '../reading/accounts.js';
import { requireAccount } from './require.js';
import { comingWeeks, readSlotRows } from '../reading/slots.js';
import { openApiDocument } from '../../contract/api/openapi.js';
import { ENDPOINTS } from '../../contract/api/endpoints.js';
import { packageVersion } from '../../config/package-version.js';
import type { ReadAccount } from '../../config/accounts/load.js';
import type { Account } from '../../contract/account.js';
import { FORMAT_NAMES } from '../../contract/formats/registry.js';
import type { Asking } from '../public-chat/asking.js';
import type { Visitors } from '../public-chat/visitors.js';
import { chatEndpoints } from '../../contract/api/chats.js';
import { questionEndpoints } from '../../contract/api/questions.js';

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

/** `/api/chats`: anyone may ask an account that answers readers. */
export function serveChats(api: Hono, session: Session, asking: Asking, visitors: Visitors): void {
  serve(api, session, chatEndpoints.ask, async ({ c, body }) => {
    const { account: handle, question, chatId } = body;
    const ask = await asking.admit({ handle, question, chatId, visitor: visitors.known(c) });
    const { answer, citations, ...reply } = await ask();
    return {
      ...{ chatId: reply.chatId, answer },
      citations: citations.map(({ postId, title, url }) => ({ postId, title, url })),
    };
  });
}

/** `/api/questions`: what the posts of an account don't answer. */
export function questionRoutes(api: Hono, deps: DeskDeps, session: Session): void {
  serve(api, session, questionEndpoints.list, async ({ query: { account, limit } }) => {
    await requireAccount(deps, account);
    const questions = isHandle(account) ? await deps.archive.chats.listOpenQuestions(account, limit) : [];
    return { questions };
  });
}
