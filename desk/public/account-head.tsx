import type { Account } from '../../contract/account.js';
import { AskLink } from './ask-link.js';
import { Monogram } from './monogram.js';
import { SubscribeMenu } from './subscribe-menu.js';

/** Who an account is. `desk` is its page on the desk, for the signed-in; null for a visitor. */
export function AccountHead({ account, desk }: { account: Account; desk: string | null }) {
  return (
    <header class="account-head">
      <Monogram name={account.name} size="large" />
      <h1 dir="auto">{account.name}</h1>
      <p class="quiet">
        @{account.handle} {account.sample && <span class="mark">sample account</span>}
      </p>
      <p class="bio" lang={account.language} dir="auto">
        {account.bio}
      </p>
      <div class="actions">
        <AskLink account={account} />
        <SubscribeMenu handle={account.handle} />
        {desk !== null && <a href={desk}>Open in the desk</a>}
      </div>
    </header>
  );
}
