import type { Account } from '../../contract/account.js';
import { Layout } from '../kit/layout.js';
import { accentOf } from '../kit/chip.js';
import { Monogram } from './public-page.js';
import { accountPath } from '../kit/addresses.js';

const TITLE = 'Copydesk';
const DESCRIPTION = 'The accounts of this desk.';

/** The accounts of this desk, for a visitor. `url` is the desk's address. */
export function HomePage({ accounts, url }: { accounts: readonly Account[]; url: string }) {
  return (
    <Layout
      title={TITLE}
      description={DESCRIPTION}
      canonical={`${url}/`}
      preview={{ type: 'website', url: `${url}/`, siteName: TITLE, title: TITLE }}
      styles={['public.css']}
      look="public"
    >
      <header class="masthead">
        <strong>{TITLE}</strong>
        <div class="actions">
          <a href="/desk">Sign in</a>
        </div>
      </header>
      <main id="main" class="column home-page">
        <h1>Accounts</h1>
        {accounts.length === 0 && <p class="empty">There is no account yet.</p>}
        <ul class="plain accounts">
          {accounts.map((account) => (
            <AccountEntry account={account} />
          ))}
        </ul>
      </main>
    </Layout>
  );
}

function AccountEntry({ account }: { account: Account }) {
  return (
    <li class={`of-account ${accentOf(account.handle)}`}>
      <Monogram name={account.name} size="large" />
      <div>
        <h2 dir="auto">
          <a href={accountPath(account.handle)}>{account.name}</a>
        </h2>
        <p class="quiet">
          @{account.handle} {account.sample && <span class="mark">sample account</span>}
        </p>
        <p lang={account.language} dir="auto">
          {account.bio}
        </p>
      </div>
    </li>
  );
}
