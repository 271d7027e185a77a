import { POST_STATES, type PostState, stateWords } from '../../contract/states.js';
import { isHandle } from '../kit/addresses.js';
import { ID_PATTERN } from '../../contract/ids.js';
import { BadRequest } from '../http/bad-request.js';
import type { PostCounts, PostSummary } from '../../contract/lists.js';
import type { PostQuery, Records } from '../../services/archive/records/records.js';

/** What waits for a person, and what any state is. */
export type QueueStatus = PostState | 'queue' | 'any';

/** Which posts a list of the desk shows; what is left out doesn't matter. */
export interface QueueQuery {
  readonly status: QueueStatus;
  readonly account?: string;
  /** The id of a batch. */
  readonly batch?: string;
  /** Words that all stand in a post's title, text or planner. */
  readonly q?: string;
  /** Where the list continues, as the list before gave it. */
  readonly cursor?: string;
}

/** The states of what waits for a person. */
export const WAITING: readonly PostState[] = ['awaiting_approval', 'blocked'];

/** The states that a list can be kept to, in words; what is still being made is in neither of the bar's lists. */
export const STATUS_CHOICES: readonly { status: QueueStatus; words: string }[] = [
  { status: 'queue', words: 'the queue' },
  { status: 'any', words: 'any state' },
  ...POST_STATES.map((status) => ({ status, words: stateWords(status) })),
];

const LONGEST_SEARCH = 200;
const CURSOR = /^(?:[a-z0-9_]{1,30}~)?[\w.-]{0,100}$/;

type Read = (name: string) => string | undefined;

/**
 * The list that an address asks for. A search, and a batch, is looked through in any state unless one is named.
 *
 * @param read a parameter of the address; undefined where it is left out or empty
 * @throws BadRequest naming what can't be used
 */
export function queueQuery(read: Read): QueueQuery {
  const account = read('account');
  if (account !== undefined && !isHandle(account))
    throw wrong('account', account, 'the handle of an account');
  const batch = read('batch');
  if (batch !== undefined && !ID_PATTERN.test(batch)) throw wrong('batch', batch, 'the id of a batch');
  const cursor = read('cursor');
  if (cursor !== undefined && !CURSOR.test(cursor)) throw wrong('cursor', cursor, 'where a list continues');
  const q = read('q')?.trim().slice(0, LONGEST_SEARCH) || undefined;
  const asked = read('status') ?? (q !== undefined || batch !== undefined ? 'any' : 'queue');
  const known = STATUS_CHOICES.find(({ status }) => status === asked);
  if (!known) throw wrong('status', asked, `one of ${STATUS_CHOICES.map(({ status }) => status).join(', ')}`);
  return { status: known.status, ...given({ account, batch, q, cursor }) };
}

function wrong(field: string, value: string, allowed: string): BadRequest {
  return new BadRequest(`${field}='${value.slice(0, 60)}' is not ${allowed}`, { field });
}

/** The way back, with its question mark: empty for the whole queue. `more` changes the query or adds to it. */
export function queueSearch(
  { status, account, batch, q, cursor }: QueueQuery,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const usual = q !== undefined || batch !== undefined ? 'any' : 'queue';
  const named = { status: status === usual ? undefined : status, account, batch, q, cursor, ...more };
  const search = new URLSearchParams(given(named)).toString();
  return search === '' ? '' : `?${search}`;
}

/** Whether it is what waits for a person, by account and the oldest first. */
export const isQueue = ({ status }: QueueQuery): boolean => status === 'queue';

/** The states that a query keeps to; undefined for any. */
export const statesOf = ({ status }: QueueQuery): readonly PostState[] | undefined =>
  status === 'any' ? undefined : status === 'queue' ? WAITING : [status];

const given = <T extends Readonly<Record<string, string | undefined>>>(all: T): { [K in keyof T]?: string } =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };

/** A part of a list of the desk. */
export interface QueuePage {
  readonly posts: readonly PostSummary[];
  /** Where the list continues; null at its end. */
  readonly next: string | null;
}

type Lists = Pick<Records, 'listPosts'>;

/**
 * One page of a list: what waits for a person by account, the oldest first, since it is worked through; any other list newest
 * first, since it is looked into.
 *
 * @param counts of all posts, which tell the accounts that something waits for
 */
export function queuePage(
  records: Lists,
  query: QueueQuery,
  { counts, size }: { counts: PostCounts; size: number },
): Promise<QueuePage> {
  return isQueue(query) ? byAccount(records, query, { counts, size }) : newestFirst(records, query, size);
}

function newestFirst(records: Lists, query: QueueQuery, size: number): Promise<QueuePage> {
  return records.listPosts({
    ...filterOf(query),
    limit: size,
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
  });
}

/** The archive sorts by time alone, so each account is asked for by itself; the cursor names the one where the page ended. */
async function byAccount(
  records: Lists,
  query: QueueQuery,
  { counts, size }: { counts: PostCounts; size: number },
): Promise<QueuePage> {
  const [from = '', after] = query.cursor?.split('~') ?? [];
  const posts: PostSummary[] = [];
  for (const account of accountsWith(counts, WAITING)) {
    if (account < from || (query.account !== undefined && account !== query.account)) continue;
    if (posts.length === size) return { posts, next: `${account}~` };
    const page = await records.listPosts({
      ...filterOf(query),
      account,
      order: 'oldest',
      limit: size - posts.length,
      ...(account === from && after ? { cursor: after } : {}),
    });
    posts.push(...page.posts);
    if (page.next !== null) return { posts, next: `${account}~${page.next}` };
  }
  return { posts, next: null };
}

/** The accounts with posts in some of the states, by handle. */
export const accountsWith = ({ accounts }: PostCounts, states: readonly PostState[]): string[] =>
  Object.entries(accounts)
    .filter(([, byState]) => states.some((state) => (byState[state] ?? 0) > 0))
    .map(([account]) => account)
    .toSorted();

function filterOf(query: QueueQuery): PostQuery {
  const { account, batch, q } = query;
  const status = statesOf(query);
  return {
    ...(status === undefined ? {} : { status }),
    ...(account === undefined ? {} : { account }),
    ...(batch === undefined ? {} : { batch }),
    ...(q === undefined ? {} : { words: q }),
  };
}

/** The posts that stand beside one in a list; null where there is none, and for a post that is not in it. */
export function neighbours(
  posts: readonly Pick<PostSummary, 'id'>[],
  id: string,
): { previous: string | null; next: string | null } {
  const index = posts.findIndex((post) => post.id === id);
  // From a post that is not in the list, on goes to its first.
  if (index < 0) return { previous: null, next: posts[0]?.id ?? null };
  return { previous: posts[index - 1]?.id ?? null, next: posts[index + 1]?.id ?? null };
}
