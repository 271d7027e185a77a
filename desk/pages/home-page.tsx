import type { Account } from '../../contract/account.js';
import { accountPath } from '../addresses.js';
import { Layout } from './layout.js';

/** The accounts of this desk. */
export function HomePage({ accounts }: { accounts: readonly Account[] }) {
  return (
    <Layout title="Copydesk">
      <header class="top">
        <h1>Accounts</h1>
      </header>
      <main id="main">
        {accounts.length === 0 && <p class="quiet">No account has a batch yet.</p>}
        <ul class="plain accounts">
          {accounts.map((account) => (
            <li>
              <h2>
                <a href={accountPath(account.handle)}>{account.name}</a>{' '}
                <span class="quiet">@{account.handle}</span>{' '}
                {account.sample && <span class="mark">sample account</span>}
              </h2>
              <p>{account.bio}</p>
            </li>
          ))}
        </ul>
      </main>
      <footer>
        <a href="/desk">Desk</a>
      </footer>
    </Layout>
  );
}
