import type { Account } from '../../contract/account.js';
import type { ShownTurn } from './shown-turns.js';
import { accountPath, chatPath } from '../kit/addresses.js';
import { Masthead, PublicPage } from '../public/public-page.js';
import { TurnView } from './turn.js';
import { type ApiRefusal, TooOften } from '../api/refusal.js';
import { type PageWords, pageWords } from './page-words.js';
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

/** `/@<handle>/chat`: where readers ask an account. All of it works without scripts; with them the answer comes into the page. */
export function AskPage(props: AskPageProps) {
  const { account, turns, suggestions, hasPosts, question, problem, url, now } = props;
  const { handle, name } = account;
  const path = chatPath(handle);
  const isNew = turns.length === 0;
  const words = pageWords(account.language);
  return (
    <PublicPage
      account={account}
      lang={words.lang}
      skip={words.skip}
      title={`${words.ask(name)} · @${handle}`}
      description={words.description(handle)}
      canonical={`${url}${path}`}
      styles={['record.css', 'public.css', 'chat.css']}
      scripts={['chat.js']}
    >
      <Masthead
        account={account}
        back={accountPath(handle)}
        desk={null}
        asks={false}
        words={words.masthead}
      />
      <main id="main" class="column chat">
        <header class="chat-head">
          <h1 dir="auto">{words.ask(name)}</h1>
          <p class="quiet">{hasPosts ? words.intro(handle) : words.noPosts(handle)}</p>
        </header>
        <div id="turns" role="log" aria-label={words.conversation}>
          {turns.map((shown) => (
            <TurnView shown={shown} account={account} isOwn now={now} />
          ))}
        </div>
        {suggestions.length > 0 && (
          <form id="suggestions" class="suggestions" method="post" action={path} hidden={!isNew}>
            <p class="quiet">{words.youCouldAsk}</p>
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
              {problem !== null && <ChatProblem message={problem} words={words} />}
            </div>
            <label class="hidden-text" for="question">
              {words.yourQuestion}
            </label>
            <div class="field">
              <textarea
                id="question"
                name="question"
                rows={1}
                maxlength={TEXT_LIMITS.question}
                required
                placeholder={isNew ? words.yourQuestion : words.askMore}
                data-more={words.askMore}
                dir="auto"
              >
                {question}
              </textarea>
              <button>{words.send}</button>
            </div>
          </form>
        )}
        <Notes account={account} words={words} path={path} isNew={isNew} />
        <template id="pending">
          <article class="turn pending">
            <div class="question">
              <h2 class="who">{words.youAsked}</h2>
              <p dir="auto"></p>
            </div>
            <p class="state" data-looking={words.looking(handle)} data-writing={words.writing}></p>
          </article>
        </template>
        <template id="broken">
          <ChatProblem message={words.broken} words={words} again />
        </template>
      </main>
    </PublicPage>
  );
}

/** A name within a sentence, whichever way its letters run. */
const isolated = (name: string): string => `\u2068${name}\u2069`;

interface NotesProps {
  readonly account: Account;
  readonly words: PageWords;
  readonly path: string;
  readonly isNew: boolean;
}

/** What becomes of a question, and the way to begin anew. */
function Notes({ account, words, path, isNew }: NotesProps) {
  const { record, name } = account;
  return (
    <footer class="notes">
      <p class="quiet">
        {record === 'public' ? words.keptPublic : words.keptPrivate} {words.askToDelete(isolated(name))}
      </p>
      <form id="start-over" method="post" action={`${path}/new`} hidden={isNew}>
        <button class="link-button">{words.startOver}</button>
      </form>
    </footer>
  );
}

interface ChatProblemProps {
  readonly message: string;
  readonly words: PageWords;
  readonly again?: boolean;
}

/** Why a question was not answered, in words. `again` offers a button that scripts listen to. */
export function ChatProblem({ message, words, again = false }: ChatProblemProps) {
  return (
    <div class="problem">
      <p>{message}</p>
      {again && (
        <button type="button" class="plain-button" data-again>
          {words.again}
        </button>
      )}
    </div>
  );
}

/** A refusal as a sentence in the language of the page. */
export function problemWords(refusal: ApiRefusal, { language }: Account): string {
  const words = pageWords(language);
  const said = refusal instanceof TooOften ? words.tooOften(refusal.retryAfter) : null;
  const message = said ?? (refusal.status === 503 ? words.unanswered : null) ?? refusal.message;
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
