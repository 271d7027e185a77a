import type { Account } from '../../contract/account.js';
import { accountPath } from '../kit/addresses.js';
import { Monogram } from './monogram.js';

/** Below a post: whose it is. */
export function AboutAccount({ account }: { account: Account }) {
  return (
    <footer class="about">
      <Monogram name={account.name} size="large" />
      <div>
        <p class="name">
          <a href={accountPath(account.handle)}>
            <bdi>{account.name}</bdi>
          </a>{' '}
          {account.sample && <span class="mark">sample account</span>}
        </p>
        <p class="quiet" lang={account.language} dir="auto">
          {account.bio}
        </p>
        <p class="quiet">
          <a href="/">All accounts</a>
        </p>
      </div>
    </footer>
  );
}
