import type { Account } from '../../contract/account.js';
import { AskLink } from './ask-link.js';
import { Monogram } from './monogram.js';
import { SubscribeMenu } from './subscribe-menu.js';

export interface MastheadProps {
  readonly account: Account;
  /** Where the account's sign leads. */
  readonly back: string;
  /** The same thing on the desk, for the signed-in; null for a visitor. */
  readonly desk: string | null;
  /** Whether it leads to where the account is asked, if it answers readers; it does when left out. */
  readonly asks?: boolean;
}

/** The line above a page of an account: the way back to it, its feeds, and the way to the desk. */
export function Masthead({ account, back, desk, asks = true }: MastheadProps) {
  return (
    <header class="masthead">
      <nav aria-label="Back to the account">
        <a class="home" href={back}>
          <Monogram name={account.name} /> <span>← @{account.handle}</span>
        </a>
      </nav>
      <div class="actions">
        {desk !== null && <a href={desk}>Open in the desk</a>}
        {asks && <AskLink account={account} />}
        <SubscribeMenu handle={account.handle} />
      </div>
    </header>
  );
}
