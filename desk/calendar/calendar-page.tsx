import type { Viewer } from '../kit/room-page.js';
import { calendarPath, type CalendarQuery, MOST_POSTS, type PickedPost } from './read-calendar.js';
import type { Calendar } from './calendar.js';
import { DropForm, MovePanel, type MovePanelProps } from './move-panel.js';
import { type Notice, Said } from '../kit/said.js';
import { Frame, ON_CHANGE } from '../kit/frame.js';
import type { Account } from '../../contract/account.js';
import { accountZones, CalendarGrid } from './calendar-grid.js';
import { SWAP_MAIN } from '../kit/swap.js';
import { dayText, periodWords } from './days.js';
import { deskAccountPath } from '../kit/addresses.js';

/** Accounts without slots are named up to here. */
const MOST_NAMED = 5;

interface CalendarPageProps {
  readonly viewer: Viewer;
  /** The handles of all accounts. */
  readonly handles: readonly string[];
  /** Those that are shown, which are all or one. */
  readonly accounts: readonly Account[];
  /** With the day that is shown. */
  readonly query: CalendarQuery & { readonly day: number };
  readonly calendar: Calendar;
  /** Whether there are more posts than are shown. */
  readonly isCut: boolean;
  /** Whether what is shown was made by stand-ins. */
  readonly offline: boolean;
  /** The post that has been picked up; null for none. */
  readonly moving: (Pick<MovePanelProps, 'free' | 'typed'> & { readonly post: PickedPost }) | null;
  readonly notice: Notice | null;
  /** Why a post was not moved. */
  readonly problem: string | null;
}

/** `/desk/calendar`: a week or month of all accounts, or of one: their slots and what goes out when. */
export function CalendarPage(props: CalendarPageProps) {
  const { viewer, query, calendar, accounts, offline, moving, notice, problem } = props;
  const decides = viewer.person.role === 'editor';
  return (
    <Frame
      {...viewer}
      title="Calendar"
      place="calendar"
      offline={offline}
      zone={calendar.timeZone}
      styles={['rooms.css', 'calendar.css']}
      scripts={['calendar.js']}
    >
      <main id="main" class="room calendar-room" data-moving={moving?.post.id} data-zone={calendar.timeZone}>
        <CalendarHead {...props} />
        <p id="calendar-said" role="status" class={notice ? 'said' : 'hidden-text'}>
          {notice?.lines.map(({ text }) => text).join(' ')}
          {moving && `Picked up “${moving.post.title}”.`}
        </p>
        <Said said={null} problem={problem} />
        {decides && moving && <MovePanel {...moving} query={query} timeZone={calendar.timeZone} />}
        {decides && !moving && <DropForm query={query} timeZone={calendar.timeZone} />}
        {props.isCut && (
          <p class="help">
            Only the first {MOST_POSTS} posts are shown. Choose an account to see all of its own.
          </p>
        )}
        <div
          id="calendar-now"
          hx-get={calendarPath(query, { part: 'now' })}
          hx-trigger={ON_CHANGE}
          hx-swap="morph:innerHTML"
          hx-disinherit="*"
        >
          <CalendarGrid
            calendar={calendar}
            query={query}
            decides={decides}
            moving={moving?.post ?? null}
            zoneOf={accountZones(accounts)}
          />
        </div>
        <SlotsHelp accounts={accounts} />
      </main>
    </Frame>
  );
}

/** Where slots are changed: a calendar of one account names its file. */
function SlotsHelp({ accounts }: Pick<CalendarPageProps, 'accounts'>) {
  const [one] = accounts.length === 1 ? accounts : [];
  const without = accounts.filter(({ slots }) => !slots).map(({ handle }) => `@${handle}`);
  return (
    <p class="help slots-help">
      {without.length > 0 &&
        without.length <= MOST_NAMED &&
        `${without.join(', ')} ${without.length === 1 ? 'has' : 'have'} no slots: posts go out when they are approved, or at the time that the approval names. `}
      The key <code>slots.week</code> in <code>accounts/{one ? one.handle : '<account>'}.yaml</code> says
      which slots there are, such as <code>{"slots: { week: { tue: ['07:30'] } }"}</code>.
    </p>
  );
}

/** The period, the way to others, and whose it is. A post that has been picked up goes along. */
function CalendarHead({ handles, query, calendar }: CalendarPageProps) {
  const { view, previous, next, timeZone } = calendar;
  const { account, move } = query;
  const today = { account, view, move };
  const way = (day: number, words: string, sign: string) => (
    <a class="choice" href={calendarPath({ ...query, day })} {...SWAP_MAIN}>
      <span aria-hidden="true">{sign}</span>
      <span class="hidden-text">{words}</span>
    </a>
  );
  return (
    <header class="room-head">
      <div>
        <h1>{periodWords(view, query.day)}</h1>
        <p class="quiet">
          {account === undefined ? 'All accounts' : <a href={deskAccountPath(account)}>@{account}</a>} · times
          of {timeZone}
        </p>
      </div>
      <div class="calendar-ways">
        <nav class="choices" aria-label="Period">
          {way(previous, `Previous ${view}`, '‹')}
          <a class="choice" href={calendarPath(today)} {...SWAP_MAIN}>
            Today
          </a>
          {way(next, `Next ${view}`, '›')}
        </nav>
        <nav class="choices" aria-label="View">
          {(['week', 'month'] as const).map((each) => (
            <a
              class="choice"
              href={calendarPath({ ...query, view: each })}
              aria-current={each === view ? 'true' : undefined}
              {...SWAP_MAIN}
            >
              {each === 'week' ? 'Week' : 'Month'}
            </a>
          ))}
        </nav>
        {handles.length > 1 && <AccountChoice handles={handles} query={query} />}
      </div>
    </header>
  );
}

function AccountChoice({ handles, query }: Pick<CalendarPageProps, 'handles' | 'query'>) {
  return (
    <form method="get" action="/desk/calendar" class="line-form">
      <label class="hidden-text" for="calendar-account">
        Account
      </label>
      <select id="calendar-account" name="account">
        <option value="">All accounts</option>
        {handles.map((handle) => (
          <option value={handle} selected={handle === query.account}>
            @{handle}
          </option>
        ))}
      </select>
      {query.view === 'month' && <input type="hidden" name="view" value="month" />}
      <input type="hidden" name="day" value={dayText(query.day)} />
      <button type="submit" class="plain-button">
        Show
      </button>
    </form>
  );
}

/** The calendar of a desk without accounts. */
export const EmptyCalendar = ({ viewer }: { viewer: Viewer }) => (
  <Frame {...viewer} title="Calendar" place="calendar" styles={['rooms.css']}>
    <main id="main" class="room">
      <h1>Calendar</h1>
      <p class="empty">
        There is no account yet. An account is one file in the accounts folder; its key <code>slots</code>{' '}
        says when its posts go out.
      </p>
    </main>
  </Frame>
);
