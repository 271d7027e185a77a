import { ID_PATTERN } from '../../contract/ids.js';
import { BadRequest } from '../safety/bad-request.js';
import { isHandle } from '../kit/addresses.js';
import { CALENDAR_VIEWS, type CalendarView } from './calendar.js';
import { dayText, parseDay } from './days.js';

/** Which part of which account's calendar an address shows. */
export interface CalendarQuery {
  /** The first account that has slots when left out. */
  readonly account?: string;
  readonly view: CalendarView;
  /** As `parseDay` reads it; today when left out. */
  readonly day?: number;
  /** The id of the post that has been picked up, to be moved. */
  readonly move?: string;
}

/**
 * @param read a parameter of the address; undefined where it is left out or empty
 * @throws BadRequest naming what can't be used
 */
export function calendarQuery(read: (name: string) => string | undefined): CalendarQuery {
  const account = read('account');
  if (account !== undefined && !isHandle(account))
    throw wrong('account', account, 'the handle of an account');
  const asked = read('view') ?? 'week';
  const view = CALENDAR_VIEWS.find((each) => each === asked);
  if (!view) throw wrong('view', asked, 'week or month');
  const day = read('day');
  const move = read('move');
  if (move !== undefined && !ID_PATTERN.test(move)) throw wrong('move', move, 'the id of a post');
  return {
    ...{ view },
    ...(account !== undefined && { account }),
    ...(day !== undefined && { day: parseDay(day) }),
    ...(move !== undefined && { move }),
  };
}

const wrong = (field: string, value: string, allowed: string): BadRequest =>
  new BadRequest(`${field}='${value.slice(0, 60)}' is not ${allowed}`, { field });

/** The same with nothing picked up. */
export const withoutMove = ({ account, view, day }: CalendarQuery): CalendarQuery => ({
  ...{ view },
  ...(account !== undefined && { account }),
  ...(day !== undefined && { day }),
});

/** The address of a calendar. `more` adds to it. */
export function calendarPath(
  { account, view, day, move }: CalendarQuery,
  more: Readonly<Record<string, string>> = {},
): string {
  const search = new URLSearchParams({
    ...(account !== undefined && { account }),
    ...(view !== 'week' && { view }),
    ...(day !== undefined && { day: dayText(day) }),
    ...(move !== undefined && { move }),
    ...more,
  });
  return search.size > 0 ? `/desk/calendar?${search}` : '/desk/calendar';
}
