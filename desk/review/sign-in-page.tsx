import { Layout } from '../shared/layout.js';

/** The form that asks for the desk's token; `problem` is why the last one was not taken. */
export function SignInPage({ problem }: { problem: string | null }) {
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
