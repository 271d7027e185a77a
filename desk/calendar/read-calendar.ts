import { type Calendar, CALENDAR_VIEWS, calendarOf, type CalendarView, periodOf } from './calendar.js';
import { isHandle } from '../kit/addresses.js';
import { ID_PATTERN } from '../../contract/ids.js';
import { dayAt, dayText, parseDay } from './days.js';
import { BadRequest } from '../http/bad-request.js';
import { addressWith } from '../kit/room-page.js';
import type { DeskDeps } from '../deps.js';
import type { Account } from '../../contract/account.js';
import type { Reader } from '../reading/reader.js';
import { listAccounts } from '../reading/accounts.js';
import { parseIsoTime } from '../../contract/time.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';

/** Which part of whose calendar an address shows. */
export interface CalendarQuery {
  /** All accounts when left out. */
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
  return { account, view, day: day === undefined ? undefined : parseDay(day), move };
}

const wrong = (field: string, value: string, allowed: string): BadRequest =>
  new BadRequest(`${field}='${value.slice(0, 60)}' is not ${allowed}`, { field });

/** The same with nothing picked up. */
export const withoutMove = (query: CalendarQuery): CalendarQuery => ({ ...query, move: undefined });

/** The address of a calendar. `more` adds to it. */
export function calendarPath(
  { account, view, day, move }: CalendarQuery,
  more: Readonly<Record<string, string>> = {},
): string {
  return addressWith('/desk/calendar', {
    account,
    view: view === 'week' ? null : view,
    day: day === undefined ? null : dayText(day),
    move,
    ...more,
  });
}

/** More than this in a month can't be looked at day by day. */
export const MOST_POSTS = 1_000;

type Deps = Pick<DeskDeps, 'archive' | 'accounts' | 'now'>;

/** What an address of the calendar shows. */
interface ReadCalendar {
  /** The handles of all accounts. */
  readonly handles: readonly string[];
  /** Those that are shown, which are all or one. */
  readonly accounts: readonly Account[];
  /** With the day that an address may leave out. */
  readonly query: CalendarQuery & { readonly day: number };
  readonly calendar: Calendar;
  readonly offline: boolean;
  /** Whether there are more posts than are shown. */
  readonly isCut: boolean;
  /** The post that has been picked up; null for none, and for one that can't be moved. */
  readonly picked: PickedPost | null;
}

export interface PickedPost {
  readonly id: string;
  /** A handle. */
  readonly account: string;
  readonly title: string;
  /** When it goes out, ISO 8601. */
  readonly at: string;
}

/**
 * Where the address names no day, it is that of the post that has been picked up, else today.
 *
 * @param zone of who looks; null where nobody knows, which then is an account's own
 * @returns 'no account' where there is none at all; null for one that there is not
 */
export async function readCalendar(
  deps: Deps,
  reader: Reader,
  query: CalendarQuery,
  zone: string | null,
): Promise<ReadCalendar | 'no account' | null> {
  const { archive, now } = deps;
  const all = await listAccounts(deps);
  if (all.length === 0) return 'no account';
  const accounts = query.account === undefined ? all : all.filter(({ handle }) => handle === query.account);
  const first = accounts.find(({ slots }) => slots) ?? accounts[0];
  if (!first) return null;
  const timeZone = zone ?? first.timeZone;
  const picked = await pickedPost(reader, query);
  const day = query.day ?? dayAt(picked ? Date.parse(picked.at) : now().getTime(), timeZone);
  const { from, until } = periodOf(query.view, day, timeZone);
  const account = accounts.map(({ handle }) => handle);
  const range = { account, from: isoOf(from), until: isoOf(until) };
  const [posts, taken] = await Promise.all([
    archive.records.listDatedPosts({ ...range, limit: MOST_POSTS }),
    archive.slots.list(range),
  ]);
  return {
    handles: all.map(({ handle }) => handle),
    accounts,
    query: { ...query, day },
    calendar: calendarOf({ view: query.view, day, timeZone, accounts, posts, taken, now: now() }),
    offline: posts.some((post) => post.offline),
    isCut: posts.length === MOST_POSTS,
    picked,
  };
}

async function pickedPost(reader: Reader, { account, move: id }: CalendarQuery): Promise<PickedPost | null> {
  const status = id === undefined ? null : await reader.post(id);
  if (status?.status !== 'scheduled' || (account ?? status.account) !== status.account) return null;
  const { slot: at } = status;
  if (at === null || parseIsoTime(at) === null) return null;
  const title = printableText(status.title, TITLE_LIMIT) || status.id;
  return { id: status.id, account: status.account, title, at };
}

const isoOf = (at: number): string => new Date(at).toISOString();
