import type { Child } from 'hono/jsx';
import type { Person } from '../http/session.js';
import { Layout } from './layout.js';
import type { Records } from '../../services/archive/records/records.js';
import type { PostCounts } from '../../contract/lists.js';

/** What the bar of the desk counts. */
export interface BarCounts {
  readonly waiting: number;
  readonly blocked: number;
  readonly scheduled: number;
  /** The handles of all accounts that have posts; without them the bar has no account switch. */
  readonly accounts?: readonly string[];
}

/** Which of the bar's pages this is. */
export type BarPlace =
  | 'queue'
  | 'blocked'
  | 'scheduled'
  | 'published'
  | 'batches'
  | 'calendar'
  | 'schedules'
  | 'chats'
  | 'costs'
  | 'accounts';

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

interface Place {
  readonly place: BarPlace;
  readonly label: string;
  readonly path: string;
  readonly count?: 'waiting' | 'blocked' | 'scheduled';
}

const PLACES: readonly Place[] = [
  { place: 'queue', label: 'Queue', path: '/desk', count: 'waiting' },
  { place: 'blocked', label: 'Blocked', path: '/desk?status=blocked', count: 'blocked' },
  { place: 'scheduled', label: 'Scheduled', path: '/desk?status=scheduled', count: 'scheduled' },
  { place: 'published', label: 'Published', path: '/desk?status=published' },
  { place: 'batches', label: 'Batches', path: '/desk/batches' },
  { place: 'calendar', label: 'Calendar', path: '/desk/calendar' },
  { place: 'schedules', label: 'Schedules', path: '/desk/schedules' },
  { place: 'chats', label: 'Chats', path: '/desk/chats' },
  { place: 'costs', label: 'Costs', path: '/desk/costs' },
  { place: 'accounts', label: 'Accounts', path: '/desk/accounts' },
];

/** What a page of the desk is made of beside itself; `live.js` is what listens for changes. */
const SCRIPTS = ['htmx.js', 'htmx-sse.js', 'idiomorph.js', 'live.js', 'desk.js'];

/** When a part that shows posts and batches is fetched again, as `hx-trigger` says it. */
export const ON_CHANGE = 'sse:post delay:400ms, sse:batch delay:400ms';

/** A page of the desk: the bar above, its content below. Parts of it may be fetched again at `sse:post` and `sse:batch`. */
export function Frame(props: FrameProps) {
  const {
    title,
    person,
    counts,
    place,
    offline = false,
    account,
    zone,
    styles = [],
    scripts = [],
    children,
  } = props;
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
          <BarNav counts={counts} place={place} />
          <AccountSwitch accounts={counts.accounts ?? []} account={account} />
          <form method="post" action="/desk/sign-out" class="sign-out">
            <span class="who" title={person.role}>
              {person.name}
            </span>
            <button type="submit" class="plain-button">
              Sign out
            </button>
          </form>
        </header>
        {offline && (
          <aside aria-label="Sample">
            <OfflineBanner />
          </aside>
        )}
        {children}
      </div>
    </Layout>
  );
}

type BarPlacesProps = Pick<FrameProps, 'counts' | 'place'>;

/** The bar's places, which are fetched again when a post has changed. */
function BarNav(props: BarPlacesProps) {
  const { place } = props;
  return (
    <nav
      id="bar-places"
      aria-label="Desk"
      hx-get={`/desk?part=bar${place === null ? '' : `&place=${place}`}`}
      hx-trigger="sse:post delay:400ms"
      hx-swap="morph:innerHTML"
    >
      <BarPlaces {...props} />
    </nav>
  );
}

/** The places with their counts: in a row where there is room for all, else in a menu that names the one where you are. */
export function BarPlaces({ counts, place }: BarPlacesProps) {
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
        <summary>{here ? <PlaceWords of={here} counts={counts} /> : 'Menu'}</summary>
        <ul class="plain">
          {links.map((link) => (
            <li>{link}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

function PlaceWords({ of: { label, count }, counts }: { of: Place; counts: BarCounts }) {
  if (count === undefined || counts[count] === 0) return <>{label}</>;
  return (
    <>
      {label} <span class="count">{counts[count]}</span>
    </>
  );
}

export const isBarPlace = (name: string | undefined): name is BarPlace =>
  PLACES.some(({ place }) => place === name);

function AccountSwitch({ accounts, account }: { accounts: readonly string[]; account: string | undefined }) {
  if (accounts.length === 0) return <></>;
  const links = [
    { handle: undefined, label: 'All accounts', path: '/desk' },
    ...accounts.map((handle) => ({
      handle,
      label: `@${handle}`,
      path: `/desk?account=${encodeURIComponent(handle)}`,
    })),
  ];
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
        {links.map(({ handle, label, path }) => (
          <li>
            <a href={path} aria-current={handle === account ? 'true' : undefined}>
              {label}
            </a>
          </li>
        ))}
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

/** What the bar counts, over all accounts. */
export const barCounts = async (records: Pick<Records, 'countPosts'>): Promise<BarCounts> =>
  barCountsOf(await records.countPosts());

/** The same of counts that a page has read for itself. */
export const barCountsOf = ({ total, accounts }: PostCounts): BarCounts => ({
  waiting: total.awaiting_approval ?? 0,
  blocked: total.blocked ?? 0,
  scheduled: total.scheduled ?? 0,
  accounts: Object.keys(accounts).toSorted(),
});
