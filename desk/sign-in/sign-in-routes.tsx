import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { OnceSecrets } from './once-secrets.js';
import type { Session } from '../http/session.js';
import type { Allowance } from '../http/allowance.js';
import { findVisitor } from '../http/visitor.js';
import { ownFormsOnly } from '../http/origin.js';
import { readForm } from '../kit/form.js';
import { tooManyGuesses } from '../http/gate.js';
import { Layout } from '../kit/layout.js';

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
    session.isSignedIn(c)
      ? c.redirect('/desk', 303)
      : c.html(<SignInPage problem={null} to={c.req.query('to')} />),
  );
  routes.post(
    '/sign-in',
    bodyLimit({ maxSize: FORM_BYTES, onError: (c) => c.html(<SignInPage problem={REFUSED} />, 413) }),
    async (c) => {
      const { field } = await readForm(c);
      const [token, secret] = [field('token').trim(), field('once').trim()];
      const to = placeAtDesk(field('to'));
      const isLink = once.take(secret) || once.take(token);
      if (isLink || session.isToken(token)) {
        // Who starts the desk prints the link, and may read its token.
        session.signIn(c, isLink ? deskToken : token);
        return c.redirect(to, 303);
      }
      const wait = guesses.take(findVisitor(c));
      if (wait === null) return c.html(<SignInPage problem={secret === '' ? REFUSED : USED} to={to} />, 401);
      c.header('Retry-After', String(wait));
      return c.html(<SignInPage problem={tooManyGuesses(wait)} to={to} />, 429);
    },
  );
  routes.post('/sign-out', (c) => {
    session.signOut(c);
    return c.redirect('/desk', 303);
  });
  return routes;
}

const LONGEST_PLACE = 2_000;

/**
 * Where at the desk one was going, as a link may name it; the desk's first page for anything else, such as the address of another
 * site, which a browser reads out of `//` and a backslash too.
 */
function placeAtDesk(asked: string): string {
  const isOfDesk = /^\/desk(?:[/?][!-\[\]-~]*)?$/.test(asked) && asked.length <= LONGEST_PLACE;
  return isOfDesk && !asked.startsWith('/desk/sign-') ? asked : '/desk';
}

interface SignInProps {
  /** Why the last token was not taken. */
  readonly problem: string | null;
  /** Where one was going: a path of the desk. */
  readonly to?: string | undefined;
}

/** The form that asks for the desk's token, and leads on to where one was going. */
export function SignInPage({ problem, to }: SignInProps) {
  return (
    <Layout title="Sign in · Copydesk" listed={false} styles={['desk.css']} scripts={['desk.js']}>
      <main id="main" class="sign-in">
        <h1>Sign in to the desk</h1>
        {problem !== null && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <form method="post" action="/desk/sign-in">
          {/* A password manager keeps a token under a name. */}
          <input
            class="hidden-text"
            name="username"
            autocomplete="username"
            value="copydesk"
            readonly
            tabindex={-1}
            aria-hidden="true"
          />
          {to !== undefined && <input type="hidden" name="to" value={placeAtDesk(to)} />}
          <label for="token">Token</label>
          <input id="token" name="token" type="password" autocomplete="current-password" required />
          <button type="submit">Sign in</button>
        </form>
        <p class="quiet">
          The token is <code>COPYDESK_TOKEN</code>, or the one in the file <code>token</code> of the data
          folder, which is made at the first start. <code>npm start</code> also prints a link that signs in
          once.
        </p>
        {/* The link's secret stands behind its #, which no server and no log sees: a script posts it. */}
        <form id="once" method="post" action="/desk/sign-in" hidden>
          <input type="hidden" name="once" value="" />
        </form>
        <noscript>
          <p class="quiet">
            The link signs in with scripts only. Without, paste what stands behind its # sign, after “once=”.
          </p>
        </noscript>
      </main>
    </Layout>
  );
}
