import type { Person } from '../safety/session.js';
import { Frame, type BarCounts } from '../kit/frame.js';

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
