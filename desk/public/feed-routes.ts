import { type Context, Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import { atomFeed, feedEntry, type FeedPage, jsonFeed } from './feeds.js';
import { publishedPage, readBefore } from '../reading/queries.js';
import { parameter } from '../http/bad-request.js';
import { madeOnce } from '../http/made-once.js';
import { accountPath, atomPath, handleOf, jsonFeedPath, olderPath } from '../kit/addresses.js';
import { findAccount } from '../reading/accounts.js';
import { printable } from '../http/printable.js';
import { shownJson } from '../../contract/shown.js';

const FEED_SIZE = 50;

/** `/@<handle>/feed.xml` and `/@<handle>/feed.json`: the newest 50, older ones by `?before=`. */
export function feedRoutes(deps: Pick<DeskDeps, 'archive' | 'accounts' | 'settings'>): Hono {
  const { archive, settings } = deps;
  const routes = new Hono();
  const respond = async (
    c: Context,
    pathOf: (handle: string) => string,
    render: (page: FeedPage) => Response,
  ): Promise<Response> => {
    const before = readBefore(parameter(c, 'before'));
    const asked = handleOf(c);
    const account = asked === null ? null : await findAccount(deps, asked);
    if (!account) return c.notFound();
    const { handle, name, bio, language } = printable(account);
    const { posts, next } = await publishedPage(archive.records, handle, { size: FEED_SIZE, before });
    const path = `${settings.url}${pathOf(handle)}`;
    c.header('Cache-Control', 'no-cache');
    return render({
      title: name,
      description: bio,
      author: name,
      language,
      home: `${settings.url}${accountPath(handle)}`,
      self: before === null ? path : olderPath(path, before),
      next: next === null ? null : olderPath(path, next),
      entries: posts.map((post) => feedEntry(post, settings.url)),
    });
  };

  routes.use(madeOnce());
  routes.get('/feed.xml', (c) =>
    respond(c, atomPath, (page) =>
      c.body(atomFeed(page), 200, { 'Content-Type': 'application/atom+xml; charset=utf-8' }),
    ),
  );
  routes.get('/feed.json', (c) =>
    respond(c, jsonFeedPath, (page) =>
      c.body(shownJson(JSON.stringify(jsonFeed(page))), 200, {
        'Content-Type': 'application/feed+json; charset=utf-8',
      }),
    ),
  );
  return routes;
}
