import type { Account } from '../../contract/account.js';
import { chatPath } from '../kit/addresses.js';

/** The way to where an account is asked; nothing for one that answers no readers. */
export function AskLink({ account: { handle, chat } }: { account: Pick<Account, 'handle' | 'chat'> }) {
  if (!chat?.enabled) return <></>;
  return (
    <a class="ask-link" href={chatPath(handle)}>
      Ask @{handle}
    </a>
  );
}
