import { Layout } from './layout.js';

/** The form that asks for the desk's token; `problem` is why the last one was not taken. */
export function SignInPage({ problem }: { problem: string | null }) {
  return (
    <Layout title="Sign in · Copydesk" listed={false}>
      <main id="main" class="narrow">
        <h1>Sign in to the desk</h1>
        {problem !== null && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <form method="post" action="/desk/sign-in">
          <label for="token">Token</label>
          <input id="token" name="token" type="password" autocomplete="current-password" required />
          <button type="submit">Sign in</button>
        </form>
        <p class="quiet">
          The token is COPYDESK_TOKEN, or the one made at the first start in the data folder.
        </p>
      </main>
    </Layout>
  );
}
