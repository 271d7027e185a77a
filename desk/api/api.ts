import { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Reader } from '../reading/reader.js';
import type { Session } from '../http/session.js';
import type { Readers } from '../public-chat/asking.js';
import { type Serve, serveOn } from './serve.js';
import { servePosts } from './post-routes.js';
import { serveBatches } from './batch-routes.js';
import { serveAttention } from './attention-routes.js';
import type { Attention } from '../attention/attention.js';
import { serveSchedules } from './schedule-routes.js';
import { tokenOnly } from '../http/gate.js';
import { ApiRefusal, requireAccount } from './refusal.js';
import { chatEndpoints, otherEndpoints, questionEndpoints } from '../../contract/api/others.js';
import { isHandle } from '../kit/addresses.js';
import { costQuery } from '../reading/queries.js';
import { findAccount } from '../reading/accounts.js';
import { comingWeeks, readSlotRows } from '../reading/slots.js';
import { ENDPOINTS, openApiDocument } from '../../contract/api/openapi.js';
import { packageVersion } from '../../config/package-version.js';
import type { ReadAccount } from '../../config/accounts/load.js';
import type { Account } from '../../contract/account.js';
import type { Citation } from '../../contract/chat.js';
import { FORMAT_NAMES } from '../../contract/formats/registry.js';

/** What the API shares with the rooms of the desk. */
interface ApiParts {
  readonly reader: Reader;
  readonly session: Session;
  readonly readers: Readers;
  readonly attention: Attention;
}

/**
 * `/api`, as `contract/api/` describes it. Strangers get what is public of a published post; the rest needs a token. What
 * stand-ins made carries a `notice` that says which parts.
 */
export function apiRoutes(deps: DeskDeps, { reader, session, readers, attention }: ApiParts): Hono {
  const api = new Hono();
  const serve = serveOn(api, session);
  servePosts(serve, deps, reader);
  serveBatches(serve, deps, reader);
  serveAttention(serve, deps, attention);
  serveSchedules(serve, deps);
  serveReaders(serve, deps, readers);
  serveOthers(serve, deps);
  api.all('*', tokenOnly(session), (c) => {
    throw new ApiRefusal(404, `No such address: ${c.req.path.slice(0, 200)}`);
  });
  return api;
}

const toCitation = ({ postId, title, url }: Citation): Citation => ({ postId, title, url });

/** `/api/chats`, where anyone may ask an account that answers readers, and `/api/questions`, which its posts don't answer. */
function serveReaders(serve: Serve, deps: DeskDeps, { asking, visitors }: Readers): void {
  serve(chatEndpoints.ask, async ({ c, body }) => {
    const { account: handle, question, chatId } = body;
    const ask = await asking.admit({ handle, question, chatId, visitor: visitors.known(c) });
    const { chatId: id, answer, citations, offered } = await ask();
    return {
      chatId: id,
      answer,
      citations: citations.map(toCitation),
      ...(offered && { offered: offered.map(toCitation) }),
    };
  });

  serve(questionEndpoints.list, async ({ query: { account, limit } }) => {
    await requireAccount(deps, account);
    const questions = isHandle(account) ? await deps.archive.chats.listOpenQuestions(account, limit) : [];
    return { questions };
  });
}

/** `/api/costs`, `/api/accounts`, `/api/slots` and `/api/openapi.json`. */
function serveOthers(serve: Serve, deps: DeskDeps): void {
  const { archive, accounts, settings, now } = deps;

  serve(otherEndpoints.costs, async ({ query }) => archive.ledger.sumCosts(costQuery(query)));

  serve(otherEndpoints.accounts, async () => {
    const rows = (await accounts.check()).map(async (file) =>
      accountRow(file, file.account ?? (await accounts.account(file.handle))),
    );
    return { accounts: await Promise.all(rows) };
  });

  serve(otherEndpoints.slots, async ({ query: { account: handle, weeks } }) => {
    const account = isHandle(handle) ? await findAccount(deps, handle) : null;
    if (!account) await requireAccount(deps, handle);
    // A file that was never read without a problem says nothing of slots yet.
    if (!account) return { slots: [], timeZone: 'UTC' };
    const slots = await readSlotRows(archive, account, comingWeeks(now(), weeks));
    return { slots, timeZone: account.timeZone };
  });

  const document = openApiDocument(ENDPOINTS, { url: settings.url, version: packageVersion() });
  serve(otherEndpoints.openApi, async () => document);
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
