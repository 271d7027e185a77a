import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { DeskDeps } from './deps.js';
import { addressOf, tooManyGuesses } from './gate.js';
import type { Guesses } from './guesses.js';
import { DeskPage } from './pages/desk-page.js';
import { MessagePage } from './pages/message-page.js';
import { SignInPage } from './pages/sign-in-page.js';
import { printable } from './printable.js';
import { isSameOrigin } from './same-origin.js';
import type { Session } from './session.js';

const ROWS = 50;
const FORM_BYTES = 4_096;
const REFUSED = "That is not the desk's token.";

/** `/desk` for the signed-in, and the form that signs in and out. */
export function deskRoutes({ archive, settings, now }: DeskDeps, session: Session, guesses: Guesses): Hono {
  const routes = new Hono();
  routes.use(async function notCached(c, next) {
    await next();
    c.header('Cache-Control', 'no-store');
  });

  routes.get('/', async (c) => {
    if (!session.isSignedIn(c)) return c.html(<SignInPage problem={null} />);
    const [waiting, batches] = await Promise.all([
      archive.records.listPosts({ status: 'awaiting_approval', limit: ROWS }),
      archive.records.listBatches(ROWS),
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
    bodyLimit({ maxSize: FORM_BYTES, onError: (c) => c.html(<SignInPage problem={REFUSED} />, 413) }),
    async (c) => {
      // A body that is no form has no token in it.
      const { token }: Record<string, unknown> = await c.req.parseBody().catch(() => ({}));
      if (typeof token !== 'string' || !session.isToken(token.trim())) {
        const wait = guesses.count(addressOf(c));
        if (wait === null) return c.html(<SignInPage problem={REFUSED} />, 401);
        c.header('Retry-After', String(wait));
        return c.html(<SignInPage problem={tooManyGuesses(wait)} />, 429);
      }
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
