import type { Person } from '../http/session.js';
import { type BarCounts, Frame, ON_CHANGE } from '../kit/frame.js';
import { calendarPath, type CalendarQuery } from './read-calendar.js';
import type { Calendar } from './calendar.js';
import { DropForm, MovePanel, type MovePanelProps } from './move-panel.js';
import type { Notice } from '../kit/said.js';
import { CalendarGrid } from './calendar-grid.js';
import { periodWords } from './days.js';
import { deskAccountPath } from '../kit/addresses.js';
import { SWAP_MAIN } from '../kit/swap.js';

interface CalendarPageProps {
  readonly person: Person;
  readonly counts: BarCounts;
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
  const { person, counts, query, calendar, offline, moving, notice, problem } = props;
  const decides = person.role === 'editor';
  return (
    <Frame
      title="Calendar"
      {...{ person, counts, offline }}
      place="calendar"
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
        {problem !== null && (
          <div class="problem" role="alert">
            <p>{problem}</p>
          </div>
        )}
        {decides && moving && <MovePanel {...moving} query={query} timeZone={calendar.timeZone} />}
        {decides && !moving && <DropForm query={query} />}
        {!props.hasSlots && <NoSlots account={query.account} />}
        <div
          id="calendar-now"
          hx-get={calendarPath(query, { part: 'now' })}
          hx-trigger={ON_CHANGE}
          hx-swap="morph:innerHTML"
          hx-disinherit="*"
        >
          <CalendarGrid {...{ calendar, query, decides }} moving={moving?.post.id ?? null} />
        </div>
      </main>
    </Frame>
  );
}

/** The period, the way to others, and whose it is. A post that has been picked up goes along. */
function CalendarHead({ accounts, query, calendar }: CalendarPageProps) {
  const { view, previous, next, timeZone } = calendar;
  const { account, move } = query;
  const today = { account, view, ...(move !== undefined && { move }) };
  const links = [
    { words: `Previous ${view}`, sign: '‹', path: calendarPath({ ...query, day: previous }) },
    { words: 'Today', sign: null, path: calendarPath(today) },
    { words: `Next ${view}`, sign: '›', path: calendarPath({ ...query, day: next }) },
  ];
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
          {links.map(({ words, sign, path }) => (
            <a class="choice" href={path} {...SWAP_MAIN}>
              {sign === null ? (
                words
              ) : (
                <>
                  <span aria-hidden="true">{sign}</span>
                  <span class="hidden-text">{words}</span>
                </>
              )}
            </a>
          ))}
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

function NoSlots({ account }: { account: string }) {
  return (
    <p class="help">
      @{account} has no slots: its posts go out when they are approved, or at the time that the approval
      names. The key <code>slots</code> of its file gives it some.
    </p>
  );
}

/** The calendar of a desk without accounts. */
export function EmptyCalendar({ person, counts }: { person: Person; counts: BarCounts }) {
  return (
    <Frame title="Calendar" {...{ person, counts }} place="calendar" styles={['rooms.css']}>
      <main id="main" class="room">
        <h1>Calendar</h1>
        <p class="empty">
          There is no account yet. An account is one file in the accounts folder; its key <code>slots</code>{' '}
          says when its posts go out.
        </p>
      </main>
    </Frame>
  );
}
