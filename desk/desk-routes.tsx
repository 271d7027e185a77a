import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { DeskDeps } from './deps.js';
import { DeskPage } from './pages/desk-page.js';
import { MessagePage } from './pages/message-page.js';
import { SignInPage } from './pages/sign-in-page.js';
import { printable } from './printable.js';
import { isSameOrigin } from './same-origin.js';
import type { Session } from './session.js';

const ROWS = 50;
const FORM_BYTES = 4_096;

/** `/desk` for the signed-in, and the form that signs in and out. */
export function deskRoutes({ archive, settings, now }: DeskDeps, session: Session): Hono {
  const routes = new Hono();
  routes.use(async function notCached(c, next) {
    await next();
    c.header('Cache-Control', 'no-store');
  });

  routes.get('/', async (c) => {
    if (!session.isSignedIn(c)) return c.html(<SignInPage refused={false} />);
    const [waiting, batches] = await Promise.all([
      archive.posts({ status: 'awaiting_approval', limit: ROWS }),
      archive.batches(ROWS),
    ]);
    return c.html(<DeskPage waiting={printable(waiting)} batches={printable(batches)} now={now()} />);
  });

  routes.post('*', async function ownFormsOnly(c, next) {
    const from = { origin: c.req.header('Origin'), fetchSite: c.req.header('Sec-Fetch-Site') };
    if (isSameOrigin(from, [new URL(settings.url).origin, new URL(c.req.url).origin])) return next();
    return c.html(<MessagePage title="Refused" message="This form was posted from another site." />, 403);
  });
  routes.post(
    '/sign-in',
    bodyLimit({ maxSize: FORM_BYTES, onError: (c) => c.html(<SignInPage refused />, 413) }),
    async (c) => {
      // A body that is no form has no token in it.
      const { token }: Record<string, unknown> = await c.req.parseBody().catch(() => ({}));
      if (typeof token !== 'string' || !session.isToken(token.trim()))
        return c.html(<SignInPage refused />, 401);
      session.signIn(c);
      return c.redirect('/desk', 303);
    },
  );
  routes.post('/sign-out', (c) => {
    session.signOut(c);
    return c.redirect('/desk', 303);
  });
  return routes;
}
