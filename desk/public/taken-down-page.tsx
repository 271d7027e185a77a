import type { Account } from '../../contract/account.js';
import { accountPath, deskPostPath } from '../kit/addresses.js';
import { Masthead } from './masthead.js';
import { PublicPage } from './public-page.js';

export interface TakenDownPageProps {
  readonly account: Account;
  readonly postId: string;
  readonly signedIn: boolean;
}

/** Where a post was that is no longer public. It shows nothing of the post. */
export function TakenDownPage({ account, postId, signedIn }: TakenDownPageProps) {
  return (
    <PublicPage account={account} title={`Taken down · @${account.handle}`} listed={false}>
      <Masthead
        account={account}
        back={accountPath(account.handle)}
        desk={signedIn ? deskPostPath(postId) : null}
      />
      <main id="main" class="column notice">
        <h1>This post was taken down</h1>
        <p>
          It was published here, and <bdi>{account.name}</bdi> has taken it back.
        </p>
        <p>
          <a href={accountPath(account.handle)}>What else @{account.handle} published</a>
        </p>
      </main>
    </PublicPage>
  );
}
