import { Hono } from 'hono';
import type { Context } from 'hono';
import { etag } from 'hono/etag';
import { ArchiveAway } from '../services/archive/away.js';
import { addressLimit } from './address-limit.js';
import { apiRoutes } from './api.js';
import { archiveRoutes } from './archive-routes.js';
import { assetRoutes } from './asset-routes.js';
import { BadRequest } from './bad-request.js';
import type { DeskDeps } from './deps.js';
import { deskRoutes } from './desk-routes.js';
import { feedRoutes } from './feed-routes.js';
import { ACCOUNT_ROUTE } from './handle.js';
import { ownHostOnly, slowGuesses } from './gate.js';
import { Guesses } from './guesses.js';
import { securityHeaders } from './headers.js';
import { LiveStatusUnavailable } from './live.js';
import { MessagePage } from './pages/message-page.js';
import { pageRoutes } from './page-routes.js';
import { createReader } from './reader.js';
import { createSession } from './session.js';
import { STYLE } from './style.js';

export type { DeskDeps } from './deps.js';

/** The desk as one web application: the public pages and feeds, the assets, the read API and the page of the desk. */
export function createDesk(deps: DeskDeps): Hono {
  const { settings, sessions, log, now } = deps;
  const { token, url, api } = settings;
  const session = createSession({ ...sessions, token, addresses: [url, api], now });
  const guesses = new Guesses(now, log);
  const reader = createReader(deps);
  const app = new Hono();
  app.use(securityHeaders(url), addressLimit(), slowGuesses(session, guesses));
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/style.css', etag(), (c) =>
    c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }),
  );
  for (const path of ['/api/*', '/desk/*']) app.use(path, ownHostOnly(session, url));
  app.route('/api/archive', archiveRoutes(deps, session));
  app.route('/api', apiRoutes(deps, reader, session));
  app.route('/assets', assetRoutes(deps, session));
  app.route('/desk', deskRoutes(deps, session, guesses));
  app.route(ACCOUNT_ROUTE, feedRoutes(deps));
  app.route('/', pageRoutes(deps, reader, session));

  app.notFound((c) =>
    c.html(<MessagePage title="Not found" message="There is nothing public at this address." />, 404),
  );
  app.onError((error, c) => {
    const isApi = c.req.path.startsWith('/api/');
    if (error instanceof BadRequest) return failure(c, isApi, error.message, error.status, error.field);
    if (error instanceof LiveStatusUnavailable) return failure(c, isApi, error.message, 503);
    // Its reason names servers and folders, which are no visitor's business; the log has it, once for each outage.
    if (error instanceof ArchiveAway) return failure(c, isApi, ARCHIVE_AWAY, 503);
    log(`${c.req.method} ${c.req.path.slice(0, 200)}: ${error.message}`);
    return failure(c, isApi, 'The desk could not answer; its log says why.', 500);
  });
  return app;
}

const ARCHIVE_AWAY =
  "The desk's archive is away just now; try again in a minute. What is being made continues meanwhile.";

function failure(c: Context, isApi: boolean, message: string, status: 400 | 414 | 500 | 503, field?: string) {
  if (isApi) return c.json({ error: { message, field } }, status);
  return c.html(<MessagePage title="Something went wrong" message={message} />, status);
}
