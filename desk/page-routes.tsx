import { Hono } from 'hono';
import { accountPath } from './addresses.js';
import { currentAccount } from './current-account.js';
import type { DeskDeps } from './deps.js';
import { ACCOUNT_ROUTE, handleOf } from './handle.js';
import { publishedPage, readBefore } from './paging.js';
import { AccountPage } from './pages/account-page.js';
import { HomePage } from './pages/home-page.js';
import { PostPage } from './pages/post-page.js';
import { printable } from './printable.js';
import { parameter } from './query.js';
import type { Reader } from './reader.js';
import type { Session } from './session.js';

const PAGE_SIZE = 20;

/** `/`, `/@<handle>` and `/@<handle>/posts/<postId>`. */
export function pageRoutes(deps: DeskDeps, reader: Reader, session: Session): Hono {
  const { archive, accounts, settings, now } = deps;
  const routes = new Hono();
  routes.use(async function privateWhenSignedIn(c, next) {
    await next();
    c.header('Cache-Control', session.isSignedIn(c) ? 'no-store' : 'no-cache');
    c.header('Vary', 'Cookie, Authorization');
  });

  routes.get('/', async (c) => {
    const known = await archive.records.listAccounts();
    const current = await Promise.all(known.map((kept) => currentAccount(accounts, kept)));
    return c.html(<HomePage accounts={printable(current)} />);
  });

  routes.get(ACCOUNT_ROUTE, async (c) => {
    const before = readBefore(parameter(c, 'before'));
    const handle = handleOf(c);
    const kept = handle === null ? null : await archive.records.findAccount(handle);
    if (!kept) return c.notFound();
    const account = await currentAccount(accounts, kept);
    const { posts, next } = await publishedPage(archive.records, account.handle, { size: PAGE_SIZE, before });
    return c.html(
      <AccountPage
        account={printable(account)}
        posts={printable(posts)}
        next={next}
        isFirst={before === null}
        url={settings.url}
        now={now()}
      />,
    );
  });

  routes.get(`${ACCOUNT_ROUTE}/posts/:id`, async (c) => {
    const view = await reader.postView(c.req.param('id'), session.isSignedIn(c));
    if (!view || view.status.account !== handleOf(c)) return c.notFound();
    return c.html(<PostPage view={printable(view)} url={settings.url} now={now()} />);
  });

  routes.get(`${ACCOUNT_ROUTE}/`, (c) => {
    const handle = handleOf(c);
    return handle === null ? c.notFound() : c.redirect(accountPath(handle), 301);
  });
  return routes;
}
