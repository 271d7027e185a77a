import type { Account } from '../../contract/account.js';
import type { ShownTurn } from './shown-turns.js';
import { accountPath, chatPath } from '../kit/addresses.js';
import { Masthead, PublicPage } from '../public/public-page.js';
import { TurnView } from './turn.js';
import type { ApiRefusal } from '../api/refusal.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

interface AskPageProps {
  readonly account: Account;
  /** What this browser and the account said, the first first. */
  readonly turns: readonly ShownTurn[];
  readonly suggestions: readonly string[];
  /** Whether there is any post to answer from. */
  readonly hasPosts: boolean;
  /** What stands in the field: a question that was not answered. */
  readonly question: string;
  /** Why it was not; null where nothing went wrong. */
  readonly problem: string | null;
  /** The desk's address. */
  readonly url: string;
  readonly now: Date;
}

const BROKEN = 'The connection broke before the answer was here.';

/** `/@<handle>/chat`: where readers ask an account. All of it works without scripts; with them the answer comes into the page. */
export function AskPage(props: AskPageProps) {
  const { account, turns, suggestions, hasPosts, question, problem, url, now } = props;
  const { handle, name } = account;
  const path = chatPath(handle);
  const isNew = turns.length === 0;
  return (
    <PublicPage
      account={account}
      title={`Ask ${name} · @${handle}`}
      description={`Ask @${handle}. The answers come from its published posts, and show which.`}
      canonical={`${url}${path}`}
      styles={['record.css', 'public.css', 'chat.css']}
      scripts={['chat.js']}
    >
      <Masthead account={account} back={accountPath(handle)} desk={null} asks={false} />
      <main id="main" class="column chat">
        <header class="chat-head">
          <h1 dir="auto">Ask {name}</h1>
          <p class="quiet">
            {hasPosts
              ? `A model answers in the voice of @${handle}, from what @${handle} has published, and shows the posts.`
              : `@${handle} has published nothing yet, so there is nothing to answer from. Come back later.`}
          </p>
        </header>
        <div id="turns" role="log" aria-label="The conversation">
          {turns.map((shown) => (
            <TurnView shown={shown} account={account} asker="You" now={now} />
          ))}
        </div>
        {suggestions.length > 0 && (
          <form id="suggestions" class="suggestions" method="post" action={path} hidden={!isNew}>
            <p class="quiet">You could ask</p>
            {suggestions.map((each) => (
              <button name="question" value={each} lang={account.language} dir="auto">
                {each}
              </button>
            ))}
          </form>
        )}
        {hasPosts && (
          <form id="ask" class="ask" method="post" action={path}>
            <div id="problem" role="alert">
              {problem !== null && <ChatProblem message={problem} />}
            </div>
            <label class="hidden-text" for="question">
              Your question
            </label>
            <div class="field">
              <textarea
                id="question"
                name="question"
                rows={1}
                maxlength={TEXT_LIMITS.question}
                required
                placeholder={isNew ? 'Your question' : 'Ask something else'}
                dir="auto"
              >
                {question}
              </textarea>
              <button>Ask</button>
            </div>
          </form>
        )}
        <Notes account={account} path={path} isNew={isNew} />
        <template id="pending">
          <article class="turn pending">
            <div class="question">
              <h2 class="who">You asked</h2>
              <p dir="auto"></p>
            </div>
            <p
              class="state"
              data-looking={`Looking through the posts of @${handle}`}
              data-writing="Writing"
            ></p>
          </article>
        </template>
        <template id="broken">
          <ChatProblem message={BROKEN} again />
        </template>
      </main>
    </PublicPage>
  );
}

/** What becomes of a question, and the way to begin anew. */
function Notes({ account, path, isNew }: { account: Account; path: string; isNew: boolean }) {
  const { record, name } = account;
  return (
    <footer class="notes">
      <p class="quiet">
        Questions and answers are kept, without your name.{' '}
        {record === 'public'
          ? 'They may be shown at the posts that an answer rests on, so tell nothing private.'
          : 'Those who run this account can read them, so tell nothing private.'}{' '}
        Ask the people behind <bdi>{name}</bdi> to have a conversation deleted.
      </p>
      <form id="start-over" method="post" action={`${path}/new`} hidden={isNew}>
        <button class="link-button">Start over</button>
      </form>
    </footer>
  );
}

/** Why a question was not answered, in words. `again` offers a button that scripts listen to. */
export function ChatProblem({ message, again = false }: { message: string; again?: boolean }) {
  return (
    <div class="problem">
      <p>{message}</p>
      {again && (
        <button type="button" class="plain-button" data-again>
          Try again
        </button>
      )}
    </div>
  );
}

export const problemWords = ({ message }: Pick<ApiRefusal, 'message'>): string =>
  /[.!?]$/.test(message) ? message : `${message}.`;
