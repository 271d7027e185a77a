import type { Viewer } from '../kit/room-page.js';
import { calendarPath, type CalendarQuery } from './read-calendar.js';
import type { Calendar } from './calendar.js';
import { DropForm, MovePanel, type MovePanelProps } from './move-panel.js';
import { type Notice, Said } from '../kit/said.js';
import { Frame, ON_CHANGE } from '../kit/frame.js';
import { CalendarGrid } from './calendar-grid.js';
import { SWAP_MAIN } from '../kit/swap.js';
import { periodWords } from './days.js';
import { deskAccountPath } from '../kit/addresses.js';

interface CalendarPageProps {
  readonly viewer: Viewer;
  /** The handles of all accounts. */
  readonly accounts: readonly string[];
  /** With the account and the day that are shown. */
  readonly query: CalendarQuery & { readonly account: string; readonly day: number };
  readonly calendar: Calendar;
  readonly hasSlots: boolean;
  /** Whether what is shown was made by stand-ins. */
  readonly offline: boolean;
  /** The post that has been picked up; null for none. */
  readonly moving: Pick<MovePanelProps, 'post' | 'free' | 'typed'> | null;
  readonly notice: Notice | null;
  /** Why a post was not moved. */
  readonly problem: string | null;
}

/** `/desk/calendar`: an account's week or month, its slots and what goes out when. */
export function CalendarPage(props: CalendarPageProps) {
  const { viewer, query, calendar, offline, moving, notice, problem } = props;
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
      <main id="main" class="room calendar-room" data-moving={moving?.post.id}>
        <CalendarHead {...props} />
        <p id="calendar-said" role="status" class={notice ? 'said' : 'hidden-text'}>
          {notice?.lines.map(({ text }) => text).join(' ')}
          {moving && `Picked up “${moving.post.title}”.`}
        </p>
        <Said said={null} problem={problem} />
        {decides && moving && <MovePanel {...moving} query={query} timeZone={calendar.timeZone} />}
        {decides && !moving && <DropForm query={query} />}
        {!props.hasSlots && (
          <p class="help">
            @{query.account} has no slots: its posts go out when they are approved, or at the time that the
            approval names. The key <code>slots</code> of its file gives it some.
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
            moving={moving?.post.id ?? null}
          />
        </div>
      </main>
    </Frame>
  );
}

/** The period, the way to others, and whose it is. A post that has been picked up goes along. */
function CalendarHead({ accounts, query, calendar }: CalendarPageProps) {
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
          <a href={deskAccountPath(query.account)}>@{query.account}</a> · times of {timeZone}
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
        {accounts.length > 1 && <AccountChoice accounts={accounts} query={query} />}
      </div>
    </header>
  );
}

function AccountChoice({ accounts, query }: Pick<CalendarPageProps, 'accounts' | 'query'>) {
  return (
    <form method="get" action="/desk/calendar" class="line-form">
      <label class="hidden-text" for="calendar-account">
        Account
      </label>
      <select id="calendar-account" name="account">
        {accounts.map((handle) => (
          <option value={handle} selected={handle === query.account}>
            @{handle}
          </option>
        ))}
      </select>
      {query.view === 'month' && <input type="hidden" name="view" value="month" />}
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
