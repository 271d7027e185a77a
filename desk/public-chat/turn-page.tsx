import type { Account } from '../../contract/account.js';
import { Masthead } from '../public/masthead.js';
import { PublicPage } from '../public/public-page.js';
import { printableText } from '../safety/printable.js';
import { accountPath } from '../kit/addresses.js';
import type { ShownTurn } from './shown-turns.js';
import { TurnView } from './turn.js';

/** `/@<handle>/chat/<chatId>/<turn>`: one question and its answer, and nothing else of its conversation. */
export function TurnPage({ account, shown, now }: { account: Account; shown: ShownTurn; now: Date }) {
  const { handle } = account;
  return (
    <PublicPage
      account={account}
      title={`${printableText(shown.turn.question.replace(/\s+/g, ' '), 80)} · @${handle}`}
      listed={false}
      styles={['record.css', 'public.css', 'chat.css']}
    >
      <Masthead account={account} back={accountPath(handle)} desk={null} />
      <main id="main" class="column chat one-turn">
        <h1 class="hidden-text">A question to @{handle}</h1>
        <TurnView shown={shown} account={account} asker="A reader" now={now} />
        <p class="quiet">
          One question to @{handle} and its answer. The rest of the conversation is not shown.
        </p>
      </main>
    </PublicPage>
  );
}
