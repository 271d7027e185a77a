import type { Child } from 'hono/jsx';
import { Layout, type LayoutProps } from '../kit/layout.js';
import type { Account } from '../../contract/account.js';
import { accentOf } from '../kit/chip.js';
import { atomPath, chatPath, jsonFeedPath } from '../kit/addresses.js';

interface PublicPageProps extends LayoutProps {
  readonly account: Account;
  readonly children?: Child;
}

/** A page of an account for its readers: in its colour and its time zone, with its feeds. */
export function PublicPage({ account, children, ...page }: PublicPageProps) {
  const { handle, name, timeZone } = account;
  return (
    <Layout
      styles={['record.css', 'public.css']}
      look={`public of-account ${accentOf(handle)}`}
      zone={timeZone}
      feeds={{ title: name, atom: atomPath(handle), json: jsonFeedPath(handle) }}
      {...page}
    >
      {children}
    </Layout>
  );
}

/** The texts of a masthead, in one language. */
export interface MastheadWords {
  readonly back: string;
  ask(handle: string): string;
  readonly subscribe: string;
  readonly howToSubscribe: string;
  readonly atom: string;
  readonly json: string;
}

export const MASTHEAD_WORDS: MastheadWords = {
  back: 'Back to the account',
  ask: (handle) => `Ask @${handle}`,
  subscribe: 'Subscribe',
  howToSubscribe: 'Put one of these into your feed reader.',
  atom: 'Atom feed',
  json: 'JSON feed',
};

interface MastheadProps {
  readonly account: Account;
  /** Where the account's sign leads. */
  readonly back: string;
  /** The same thing on the desk, for the signed-in; null for a visitor. */
  readonly desk: string | null;
  /** Whether it leads to where the account is asked, if it answers readers; it does when left out. */
  readonly asks?: boolean;
  /** English when left out. */
  readonly words?: MastheadWords;
}

/** The line above a page of an account: the way back to it, its feeds, and the way to the desk. */
export function Masthead({ account, back, desk, asks = true, words = MASTHEAD_WORDS }: MastheadProps) {
  return (
    <header class="masthead">
      <nav aria-label={words.back}>
        <a class="home" href={back}>
          <Monogram name={account.name} /> <span>← @{account.handle}</span>
        </a>
      </nav>
      <div class="actions">
        {desk !== null && <a href={desk}>Open in the desk</a>}
        {asks && <AskLink account={account} words={words} />}
        <SubscribeMenu handle={account.handle} words={words} />
      </div>
    </header>
  );
}

interface AskLinkProps {
  readonly account: Pick<Account, 'handle' | 'chat'>;
  readonly words?: MastheadWords;
}

/** The way to where an account is asked; nothing for one that answers no readers. */
export function AskLink({ account: { handle, chat }, words = MASTHEAD_WORDS }: AskLinkProps) {
  if (!chat?.enabled) return <></>;
  return (
    <a class="ask-link" href={chatPath(handle)}>
      {words.ask(handle)}
    </a>
  );
}

/** The addresses of an account's feeds, unfolded by a click. */
export function SubscribeMenu({ handle, words = MASTHEAD_WORDS }: { handle: string; words?: MastheadWords }) {
  return (
    <details class="menu">
      <summary>{words.subscribe}</summary>
      <div class="menu-content">
        <p class="quiet">{words.howToSubscribe}</p>
        <ul class="plain">
          <li>
            <a href={atomPath(handle)}>{words.atom}</a>
          </li>
          <li>
            <a href={jsonFeedPath(handle)}>{words.json}</a>
          </li>
        </ul>
      </div>
    </details>
  );
}

/** An account's sign: its name's first letter in the account's colour. It is an ornament, so the name stands beside it. */
export function Monogram({ name, size = 'small' }: { name: string; size?: 'small' | 'large' }) {
  return (
    <span class={`monogram ${size}`} aria-hidden="true">
      {initialOf(name)}
    </span>
  );
}

/** The first letter or digit of a name, as a capital; `@` for a name that has none. */
export const initialOf = (name: string): string => /[\p{L}\p{N}]\p{M}*/u.exec(name)?.[0].toUpperCase() ?? '@';
