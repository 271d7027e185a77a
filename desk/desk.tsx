import type { IncomingMessage } from 'node:http';
import { Context, Hono } from 'hono';
import type { DeskDeps } from './deps.js';
import { type CrowdOptions, crowdLimits } from './http/crowd.js';
import { createSession, type Session } from './http/session.js';
import { knowVisitor, visitorOf } from './http/visitor.js';
import { allowGuesses } from './http/allowance.js';
import { createReader } from './reading/reader.js';
import { createReaders } from './public-chat/asking.js';
import { neverKept, securityHeaders, shownInJson } from './http/headers.js';
import { addressLimit } from './http/bad-request.js';
import { ownHostOnly, slowGuesses } from './http/gate.js';
import { staticRoutes } from './kit/static-files.js';
import { ownSiteOnly } from './http/origin.js';
import { archiveRoutes } from './api/archive-routes.js';
import { eventRoutes } from './live/event-routes.js';
import { apiRoutes } from './api/api.js';
import { assetRoutes } from './public/asset-routes.js';
import { shareRoutes } from './share/share-routes.js';
import { referenceRoutes } from './api/reference-page.js';
import { signInRoutes } from './sign-in/sign-in-routes.js';
import { reviewRoutes } from './queue/desk-routes.js';
import { batchRoutes } from './batches/batch-routes.js';
import { createAttention } from './attention/attention.js';
import { attentionRoutes } from './attention/attention-routes.js';
import { calendarRoutes } from './calendar/calendar-routes.js';
import { scheduleRoutes } from './schedules/schedule-routes.js';
import { chatRoutes } from './chats/chat-routes.js';
import { costRoutes } from './costs/cost-routes.js';
import { accountRoutes } from './accounts/account-routes.js';
import { ACCOUNT_ROUTE } from './kit/addresses.js';
import { shareAccents } from './kit/chip.js';
import { provideAttention } from './kit/desk-room.js';
import { barCounts } from './kit/frame.js';
import { NothingHere } from './kit/room-page.js';
import { feedRoutes } from './public/feed-routes.js';
import { askRoutes } from './public-chat/ask-routes.js';
import { pageRoutes } from './public/page-routes.js';
import { MessagePage } from './kit/layout.js';
import { type ToldError, toldOf } from './api/refusal.js';

export type { DeskDeps } from './deps.js';

/** The desk as one web application: the public pages and feeds, the assets, the API, the desk and the links to a review. */
export function createDesk(deps: DeskDeps): Hono {
  const { settings, sessions, log, now } = deps;
  const { token, url } = settings;
  const session = deskSession(deps);
  const guesses = allowGuesses(now, log);
  const reader = createReader(deps);
  const readers = createReaders(deps);
  const attention = createAttention(deps);
  const app = new Hono();
  app.use(knowVisitor(settings.trustedProxies ?? []));
  for (const path of ['/api/*', '/desk/*', '/review/*']) app.use(path, neverKept());
  app.use('/api/*', shownInJson());
  app.use(securityHeaders(url), addressLimit(), slowGuesses(session, guesses));
  app.get('/healthz', (c) => c.json({ ok: true }));
  for (const path of ['/', '/desk/*', '/review/*', `${ACCOUNT_ROUTE}/*`])
    app.use(path, async function colourAccounts(_c, next) {
      shareAccents(await deps.accounts.handles());
      return next();
    });
  app.route('/static', staticRoutes());
  for (const path of ['/api/*', '/desk/*', '/review/*']) app.use(path, ownHostOnly(session, url));
  app.use('/api/*', ownSiteOnly(url));
  app.route('/api/archive', archiveRoutes(deps, session));
  app.route('/api/events', eventRoutes(deps, session));
  app.route('/api', apiRoutes(deps, { reader, session, readers, attention }));
  app.route('/assets', assetRoutes(deps, session));
  app.route('/review', shareRoutes(deps, reader));
  app.use('/desk/*', provideAttention(attention));
  app.route('/desk/api', referenceRoutes(deps, session));
  app.route('/desk', signInRoutes({ once: sessions.once, deskToken: token, url }, session, guesses));
  app.route('/desk', reviewRoutes(deps, reader, session));
  app.route('/desk/batches', batchRoutes(deps, reader, session));
  app.route('/desk/attention', attentionRoutes(deps, session));
  app.route('/desk/calendar', calendarRoutes(deps, reader, session));
  app.route('/desk/schedules', scheduleRoutes(deps, session));
  app.route('/desk/chats', chatRoutes(deps, session));
  app.route('/desk/costs', costRoutes(deps, session));
  app.route('/desk/accounts', accountRoutes(deps, session));
  app.route(ACCOUNT_ROUTE, feedRoutes(deps));
  app.route(`${ACCOUNT_ROUTE}/chat`, askRoutes(deps, readers, session));
  app.route('/', pageRoutes(deps, reader, session));

  app.notFound(async (c) => {
    const person = c.req.path.startsWith('/desk/') ? session.person(c) : null;
    if (person === null)
      return c.html(
        <MessagePage title="Not found" message="There is nothing public at this address." />,
        404,
      );
    const counts = await barCounts(deps.archive.records, attention);
    return c.html(<NothingHere viewer={{ person, counts }} />, 404);
  });
  app.onError((error, c) => {
    const isApi = c.req.path.startsWith('/api/');
    const told = toldOf(error);
    if (told) return failure(c, isApi, told);
    log(`${c.req.method} ${loggedPath(c.req.path)}: ${error.message}`);
    return failure(c, isApi, { status: 500, message: 'The desk could not answer; its log says why.' });
  });
  return app;
}

const deskSession = ({ settings, sessions, people, now }: DeskDeps): Session => {
  const { token, url, api } = settings;
  return createSession({ ...sessions, token, people, addresses: [url, api], now });
};

/**
 * Who is let in when many ask at a time: neither strangers nor who looks whether the desk lives keep out the signed-in, or one another.
 *
 * @param all requests of strangers, at a time
 */
export function deskCrowd(deps: DeskDeps, all: number): CrowdOptions {
  const session = deskSession(deps);
  const isSignedIn = ({ headers: { host = '', cookie, authorization } }: IncomingMessage): boolean => {
    if (cookie === undefined && authorization === undefined) return false;
    const headers = { host, ...(cookie && { cookie }), ...(authorization && { authorization }) };
    return session.isSignedIn(new Context(new Request('http://desk/', { headers })));
  };
  return {
    limits: crowdLimits(all),
    address: (request) => visitorOf(request, deps.settings.trustedProxies ?? []),
    kindOf(request) {
      if (request.url === '/healthz') return 'lookers';
      return isSignedIn(request) ? 'signedIn' : 'strangers';
    },
  };
}

/** Who reads the log must not be able to use a link that stands in it. */
const loggedPath = (path: string): string => (path.startsWith('/review/') ? '/review/…' : path.slice(0, 200));

function failure(
  c: Context,
  isApi: boolean,
  { status, message, field, retryAfter }: Omit<ToldError, 'status'> & { status: ToldError['status'] | 500 },
) {
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
  if (isApi) return c.json({ error: { message, field } }, status);
  const title = status === 503 ? 'Away for a moment' : 'Something went wrong';
  return c.html(<MessagePage title={title} message={message} />, status);
}
