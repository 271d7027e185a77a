import type { Child } from 'hono/jsx';
import type { Records } from '../../services/archive/records/records.js';
import type { PostCounts } from '../../contract/lists.js';
import type { Attention } from '../attention/attention.js';
import type { Person } from '../http/session.js';
import { Layout } from './layout.js';
import { Palette } from './palette.js';

const PLACES = [
  { place: 'queue', label: 'Queue', path: '/desk', count: 'waiting' },
  { place: 'attention', label: 'Needs attention', path: '/desk/attention', count: 'attention' },
  { place: 'scheduled', label: 'Scheduled', path: '/desk?status=scheduled', count: 'scheduled' },
  { place: 'published', label: 'Published', path: '/desk?status=published', count: null },
  { place: 'batches', label: 'Batches', path: '/desk/batches', count: null },
  { place: 'calendar', label: 'Calendar', path: '/desk/calendar', count: null },
  { place: 'schedules', label: 'Schedules', path: '/desk/schedules', count: null },
  { place: 'chats', label: 'Chats', path: '/desk/chats', count: null },
  { place: 'costs', label: 'Costs', path: '/desk/costs', count: null },
  { place: 'accounts', label: 'Accounts', path: '/desk/accounts', count: null },
] as const;

type Place = (typeof PLACES)[number];
/** Which of the bar's pages this is. */
export type BarPlace = Place['place'];

/** What the bar counts, over all accounts. */
export const barCounts = async (records: Pick<Records, 'countPosts'>, attention: Attention) =>
  barCountsOf(await records.countPosts(), attention);

/** The same of counts that a page has read for itself. */
export const barCountsOf = async ({ total, accounts }: PostCounts, attention: Attention) => ({
  waiting: total.awaiting_approval ?? 0,
  attention: (await attention.lastKnown()).length,
  scheduled: total.scheduled ?? 0,
  /** The handles of all accounts that have posts. */
  accounts: Object.keys(accounts).toSorted(),
});
export type BarCounts = Awaited<ReturnType<typeof barCountsOf>>;

export interface FrameProps {
  readonly title: string;
  readonly person: Person;
  readonly counts: BarCounts;
  /** Null for a page that the bar does not name. */
  readonly place: BarPlace | null;
  /** Whether what is shown was made by stand-ins: said once a page. */
  readonly offline?: boolean;
  /** The handle of the account that the page is kept to; all when left out. */
  readonly account?: string;
  /** The IANA zone in which the tooltips of the page's times are written; UTC when left out. */
  readonly zone?: string;
  /** Static files beside those of the desk, by name. */
  readonly styles?: readonly string[];
  /** Scripts beside those of the desk, by name. */
  readonly scripts?: readonly string[];
  readonly children?: Child;
}

/** What a page of the desk is made of beside itself; `live.js` is what listens for changes. */
const SCRIPTS = [
  'htmx.js',
  'htmx-sse.js',
  'idiomorph.js',
  'live.js',
  'desk.js',
  'decide.js',
  'select.js',
  'keys.js',
  'palette.js',
];

/** When a part that shows posts and batches is fetched again, as `hx-trigger` says it. */
export const ON_CHANGE = 'sse:post delay:400ms, sse:batch delay:400ms';

/** A page of the desk: the bar above, its content below. Parts of it may be fetched again at `sse:post` and `sse:batch`. */
export function Frame(props: FrameProps) {
  const { title, person, counts, place, account, zone, styles = [], scripts = [] } = props;
  return (
    <Layout
      title={`${title} · Copydesk`}
      listed={false}
      styles={['record.css', 'desk.css', ...styles]}
      scripts={[...SCRIPTS, ...scripts]}
      zone={zone}
    >
      <div class="desk" hx-ext="morph, sse" sse-connect="/api/events">
        <header class="bar">
          <a class="brand" href="/desk">
            Copydesk
          </a>
          <nav
            id="bar-places"
            aria-label="Desk"
            hx-get={`/desk?part=bar${place === null ? '' : `&place=${place}`}`}
            hx-trigger={ON_CHANGE}
            hx-swap="morph:innerHTML"
          >
            <BarPlaces counts={counts} place={place} />
          </nav>
          <AccountSwitch accounts={counts.accounts} account={account} />
          <form method="post" action="/desk/sign-out" class="sign-out">
            <span class="who" title={person.role}>
              {person.name}
            </span>
            <button type="submit" class="plain-button">
              Sign out
            </button>
          </form>
        </header>
        {props.offline && (
          <aside aria-label="Sample">
            <OfflineBanner />
          </aside>
        )}
        {props.children}
        <Palette decides={person.role === 'editor'} />
      </div>
    </Layout>
  );
}

/**
 * The places with their counts, which are fetched again when a post has changed: in a row where there is room for all, else in a
 * menu that names the one where you are.
 */
export function BarPlaces({ counts, place }: Pick<FrameProps, 'counts' | 'place'>) {
  const here = PLACES.find((each) => each.place === place);
  const links = PLACES.map((each) => (
    <a href={each.path} aria-current={each.place === place ? 'page' : undefined}>
      <PlaceWords of={each} counts={counts} />
    </a>
  ));
  return (
    <>
      <div class="places-row">{links}</div>
      <details class="switch places-menu">
        <summary>{here ? <PlaceWords of={here} counts={counts} isShort /> : 'Menu'}</summary>
        <ul class="plain">
          {links.map((link) => (
            <li>{link}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

/** @param isShort for the width of a phone, which the sign-out shares */
function PlaceWords({ of, counts, isShort }: { of: Place; counts: BarCounts; isShort?: boolean }) {
  const { place, label, count } = of;
  const words = isShort && place === 'attention' ? 'Attention' : label;
  if (count === null || counts[count] === 0) return <>{words}</>;
  return (
    <>
      {words} <span class="count">{counts[count]}</span>
    </>
  );
}

export const isBarPlace = (name: string | undefined): name is BarPlace =>
  PLACES.some(({ place }) => place === name);

function AccountSwitch({ accounts, account }: { accounts: readonly string[]; account: string | undefined }) {
  if (accounts.length === 0) return <></>;
  const link = (handle: string | undefined, label: string, path: string) => (
    <li>
      <a href={path} aria-current={handle === account ? 'true' : undefined}>
        {label}
      </a>
    </li>
  );
  return (
    <details class="switch">
      <summary>
        {account === undefined ? (
          <>
            All<span class="in-full"> accounts</span>
          </>
        ) : (
          `@${account}`
        )}
      </summary>
      <ul class="plain" aria-label="Accounts">
        {link(undefined, 'All accounts', '/desk')}
        {accounts.map((handle) => link(handle, `@${handle}`, `/desk?account=${encodeURIComponent(handle)}`))}
      </ul>
    </details>
  );
}

/** Says once a page that what it shows was made by stand-ins. */
export function OfflineBanner() {
  return (
    <p class="banner" role="note">
      This is an offline sample: stand-ins wrote and drew it, and nobody was paid.
    </p>
  );
}
