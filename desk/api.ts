import { sampleWords, type Made } from '../contract/sample-words.js';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { accountHint } from '../config/accounts/hint.js';
import type { PostQuery } from '../services/archive/records/records.js';
import { costQuery } from './cost-query.js';
import type { DeskDeps } from './deps.js';
import { isHandle } from './handle.js';
import { parameter } from './query.js';
import type { PostView, Reader } from './reader.js';
import type { Session } from './session.js';
import { tokenOnly } from './token-only.js';

/**
 * The read API: `/api/posts/<id>`, `/api/batches/<id>`, the lists and the costs. Strangers get what is public of a published
 * post; the rest needs the token. What stand-ins made carries a `notice` that says which parts.
 */
export function apiRoutes(
  { archive, accounts }: Pick<DeskDeps, 'archive' | 'accounts'>,
  reader: Reader,
  session: Session,
): Hono {
  const api = new Hono();
  api.use(async function notCached(c, next) {
    await next();
    c.header('Cache-Control', 'no-store');
  });

  api.get('/posts/:id', async (c) => {
    const id = c.req.param('id');
    const view = await reader.postView(id, session.isSignedIn(c));
    if (!view) {
      // A post that has no account in the archive yet is known to its workflow alone.
      const young = session.isSignedIn(c) ? await reader.post(id) : null;
      return young ? c.json({ ...young, ...noticeOf(young) }) : notFound(c, 'post', id);
    }
    return c.json({ ...(view.wholeRecord ? view.status : excerpt(view)), ...noticeOf(view.status) });
  });

  api.use('*', tokenOnly(session));

  api.get('/posts', async (c) => {
    const account = parameter(c, 'account');
    const query: PostQuery = {
      ...(account === undefined ? {} : { account }),
      ...(parameter(c, 'waiting') === '1' ? { status: 'awaiting_approval' } : {}),
    };
    const posts = account === undefined || isHandle(account) ? await archive.records.listPosts(query) : [];
    const unknown =
      account !== undefined && posts.length === 0
        ? await unknownAccount({ archive, accounts }, account)
        : null;
    if (unknown) return c.json({ error: { message: unknown, field: 'account' } }, 404);
    return c.json({ posts });
  });
  api.get('/batches', async (c) => c.json({ batches: await archive.records.listBatches() }));
  api.get('/batches/:id', async (c) => {
    const batch = await reader.batch(c.req.param('id'));
    return batch ? c.json({ ...batch, ...noticeOf(batch) }) : notFound(c, 'batch', c.req.param('id'));
  });
  api.get('/costs', async (c) => {
    const query = costQuery({ by: parameter(c, 'by'), since: parameter(c, 'since') });
    return c.json(await archive.ledger.sumCosts(query));
  });
  api.all('*', (c) => c.json({ error: { message: `No such address: ${c.req.path.slice(0, 200)}` } }, 404));
  return api;
}

/** Why there is nothing to tell of an account: it has neither a file nor a batch. Null for one that there is. */
async function unknownAccount(
  { archive, accounts }: Pick<DeskDeps, 'archive' | 'accounts'>,
  handle: string,
): Promise<string | null> {
  const [files, recorded] = await Promise.all([accounts.handles(), archive.records.listAccounts()]);
  const known = [...new Set([...files, ...recorded.map((account) => account.handle)])].toSorted();
  if (known.includes(handle)) return null;
  return `account='${handle.slice(0, 60)}' has no file and no posts; ${accountHint(handle, known)}`;
}

/** What a visitor may know of a post whose record stays at the desk. */
function excerpt({ status, models, publishedAt }: PostView) {
  const { id, account, contentFormat, title, body, caption, hashtags, altText, publications, offline } =
    status;
  const post = { id, account, contentFormat, status: 'published', title, body, caption, hashtags, altText };
  return { ...post, publications, publishedAt, models, offline };
}

/** `{ notice: 'offline sample' }`, or which parts are. */
function noticeOf(made: Made): { notice?: string } {
  const notice = sampleWords(made);
  return notice === null ? {} : { notice };
}

function notFound(c: Context, what: 'post' | 'batch', id: string) {
  const hint = what === 'post' ? ', or none that is public' : '';
  return c.json({ error: { message: `No such ${what}${hint}: ${id.slice(0, 60)}` } }, 404);
}
