import type { Context, Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Reader } from '../reading/reader.js';
import type { Session } from '../http/session.js';
import { deskRoom, type RoomEnv } from '../kit/desk-room.js';
import { Notices } from '../kit/said.js';
import {
  calendarPath,
  calendarQuery,
  type CalendarQuery,
  readCalendar,
  type PickedPost,
  withoutMove,
} from './read-calendar.js';
import { parameter } from '../http/bad-request.js';
import { formTexts } from '../kit/form.js';
import { movePost } from './move.js';
import { findViewer } from '../kit/room-page.js';
import { CalendarPage, EmptyCalendar } from './calendar-page.js';
import { accountZones, CalendarGrid } from './calendar-grid.js';
import type { Account } from '../../contract/account.js';
import { isTimeZone } from '../../contract/time.js';
import { readerZone } from '../http/reader-zone.js';
import { freeSlots } from '../reading/slots.js';
import { dayAt } from './days.js';

/** The free slots that a list offers; the calendar has all. */
const FREE_CHOICES = 20;

interface Told {
  readonly problem: string;
  readonly typed: string;
  readonly status: 400 | 409;
}

/** `/desk/calendar`, and where its posts are moved. */
export function calendarRoutes(deps: DeskDeps, reader: Reader, session: Session): Hono<RoomEnv> {
  const notices = new Notices();
  const room = deskRoom(deps, session);

  room.get('/', (c) =>
    page(
      c,
      calendarQuery((name) => parameter(c, name)),
    ),
  );
  // Where a form was sent that could not be taken, somebody may load the page again.
  room.get('/move', (c) => c.redirect(calendarPath({ view: 'week' }), 303));

  room.post('/move', async (c) => {
    const { post: id = '', target, slot = 'at', at = '', back = '', zone = '' } = await formTexts(c);
    const query = backTo(back);
    const to = target || (slot === 'at' ? at : slot);
    const moved = await movePost(deps, reader, {
      id,
      target: to,
      zone: isTimeZone(zone) ? zone : null,
      by: c.get('person').name,
    });
    if (moved.kind === 'unknown') return c.notFound();
    if (moved.kind !== 'moved') {
      const told: Told = { problem: moved.words, typed: at, status: moved.kind === 'wrong' ? 400 : 409 };
      return page(c, { ...query, move: id }, told);
    }
    const notice = notices.put([{ text: moved.words, ok: true }]);
    return c.redirect(
      calendarPath({ ...query, day: dayAt(Date.parse(moved.at), moved.timeZone) }, { notice }),
      303,
    );
  });

  async function page(c: Context<RoomEnv>, asked: CalendarQuery, told: Told | null = null) {
    const viewer = await findViewer(c, deps);
    const read = await readCalendar(deps, reader, asked, readerZone(c));
    if (read === null) return c.notFound();
    if (read === 'no account') return c.html(<EmptyCalendar viewer={viewer} />);
    const { query, calendar, accounts } = read;
    const decides = viewer.person.role === 'editor';
    const picked = decides ? read.picked : null;
    if (parameter(c, 'part') === 'now')
      return c.html(
        <CalendarGrid
          calendar={calendar}
          query={query}
          decides={decides}
          moving={picked}
          zoneOf={accountZones(accounts)}
        />,
      );
    // The address of a form that was sent is no page to come back to.
    if (told) c.header('HX-Push-Url', 'false');
    return c.html(
      <CalendarPage
        viewer={viewer}
        query={query}
        calendar={calendar}
        handles={read.handles}
        accounts={accounts}
        offline={read.offline}
        isCut={read.isCut}
        moving={
          picked && {
            post: picked,
            free: await freeSlotsOf(picked, accounts),
            typed: told?.typed ?? '',
          }
        }
        notice={notices.find(parameter(c, 'notice'))}
        problem={told?.problem ?? null}
      />,
      told?.status ?? 200,
    );
  }

  async function freeSlotsOf({ account }: PickedPost, accounts: readonly Account[]): Promise<string[]> {
    const its = accounts.find(({ handle }) => handle === account);
    return its ? freeSlots(deps, its, FREE_CHOICES) : [];
  }
  return room;
}

/** The calendar that a form was sent from; this week where its address can't be read any more. */
function backTo(path: string): CalendarQuery {
  const search = new URLSearchParams(path.split('?')[1] ?? '');
  try {
    return withoutMove(calendarQuery((name) => search.get(name) || undefined));
  } catch {
    return { view: 'week' };
  }
}
