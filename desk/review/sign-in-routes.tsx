import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { tooManyGuesses } from '../http/gate.js';
import { ownFormsOnly } from '../http/origin.js';
import { findVisitor, type Allowance } from '../http/allowance.js';
import type { Session } from '../http/session.js';
import type { OnceSecrets } from './once-secrets.js';
import { SignInPage } from './sign-in-page.js';

const FORM_BYTES = 4_096;
const REFUSED = "That is not the desk's token.";
const USED = 'This link has been used, or its ten minutes are over. Sign in with the token.';

/** `/desk/sign-in` and `/desk/sign-out`. A link that was made for it signs in once, without the token. */
export function signInRoutes(
  { once, deskToken, url }: { once: OnceSecrets; deskToken: string; url: string },
  session: Session,
  guesses: Allowance,
): Hono {
  const routes = new Hono();
  for (const path of ['/sign-in', '/sign-out']) routes.post(path, ownFormsOnly(url));
  routes.get('/sign-in', (c) =>
    session.isSignedIn(c) ? c.redirect('/desk', 303) : c.html(<SignInPage problem={null} />),
  );
  routes.post(
    '/sign-in',
    bodyLimit({ maxSize: FORM_BYTES, onError: (c) => c.html(<SignInPage problem={REFUSED} />, 413) }),
    async (c) => {
      // A body that is no form has no token in it.
      const body: Record<string, unknown> = await c.req.parseBody().catch(() => ({}));
      const [token, secret] = [textIn(body.token), textIn(body.once)];
      const isLink = once.take(secret) || once.take(token);
      if (isLink || session.isToken(token)) {
        // Who starts the desk prints the link, and may read its token.
        session.signIn(c, isLink ? deskToken : token);
        return c.redirect('/desk', 303);
      }
      const wait = guesses.take(findVisitor(c));
      if (wait === null) return c.html(<SignInPage problem={secret === '' ? REFUSED : USED} />, 401);
      c.header('Retry-After', String(wait));
      return c.html(<SignInPage problem={tooManyGuesses(wait)} />, 429);
    },
  );
  routes.post('/sign-out', (c) => {
    session.signOut(c);
    return c.redirect('/desk', 303);
  });
  return routes;
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
