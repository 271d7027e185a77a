import type { Account } from '../../contract/account.js';
import { parseIsoTime } from '../../contract/time.js';
import type { DeskDeps } from '../deps.js';
import { listAccounts } from '../reading/accounts.js';
import type { Reader } from '../reading/reader.js';
import { printableText, TITLE_LIMIT } from '../safety/printable.js';
import { calendarOf, periodOf, type Calendar } from './calendar.js';
import type { CalendarQuery } from './calendar-query.js';
import { dayAt } from './days.js';

/** More than this in a month can't be looked at day by day. */
const MOST_POSTS = 1_000;

type Deps = Pick<DeskDeps, 'archive' | 'accounts' | 'now'>;

/** What an address of the calendar shows. */
export interface ReadCalendar {
  /** The handles of all accounts. */
  readonly accounts: readonly string[];
  readonly account: Account;
  /** With all that an address may leave out. */
  readonly query: CalendarQuery & { readonly account: string; readonly day: number };
  readonly calendar: Calendar;
  readonly offline: boolean;
  /** The post that has been picked up; null for none, and for one that can't be moved. */
  readonly picked: PickedPost | null;
}

interface PickedPost {
  readonly id: string;
  readonly title: string;
  /** When it goes out, ISO 8601. */
  readonly at: string;
}

/**
 * Where the address names no day, it is that of the post that has been picked up, else today.
 *
 * @returns 'no account' where there is none at all; null for one that there is not
 */
export async function readCalendar(
  deps: Deps,
  reader: Reader,
  query: CalendarQuery,
): Promise<ReadCalendar | 'no account' | null> {
  const { archive, now } = deps;
  const all = await listAccounts(deps);
  if (all.length === 0) return 'no account';
  const account =
    query.account === undefined
      ? (all.find(({ slots }) => slots) ?? all[0])
      : all.find(({ handle }) => handle === query.account);
  if (!account) return null;
  const { handle, timeZone, slots = null } = account;
  const picked = await pickedPost(reader, handle, query.move);
  const day = query.day ?? dayAt(picked ? Date.parse(picked.at) : now().getTime(), timeZone);
  const { from, until } = periodOf(query.view, day, timeZone);
  const range = { account: handle, from: isoOf(from), until: isoOf(until) };
  const [posts, taken] = await Promise.all([
    archive.records.listDatedPosts({ ...range, limit: MOST_POSTS }),
    archive.slots.list(range),
  ]);
  return {
    accounts: all.map((each) => each.handle),
    account,
    query: { ...query, account: handle, day },
    calendar: calendarOf({
      ...{ view: query.view, day, timeZone, slots, posts, now: now() },
      taken: taken.map(({ at }) => at),
    }),
    offline: posts.some((post) => post.offline),
    picked,
  };
}

async function pickedPost(
  reader: Reader,
  account: string,
  id: string | undefined,
): Promise<PickedPost | null> {
  const status = id === undefined ? null : await reader.post(id);
  if (status?.status !== 'scheduled' || status.account !== account) return null;
  const { slot: at } = status;
  if (at === null || parseIsoTime(at) === null) return null;
  return { id: status.id, title: printableText(status.title, TITLE_LIMIT) || status.id, at };
}

const isoOf = (at: number): string => new Date(at).toISOString();
