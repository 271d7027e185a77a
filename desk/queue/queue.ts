import { POST_STATES, type PostState, stateWords } from '../../contract/states.js';
import { wrongParameter } from '../reading/queries.js';
import { isHandle } from '../kit/addresses.js';
import { ID_PATTERN } from '../../contract/ids.js';
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
const WAITING: readonly PostState[] = ['awaiting_approval', 'blocked'];

/** The states that a list can be kept to, in words; what is still being made is in neither of the bar's lists. */
export const STATUS_CHOICES: readonly (readonly [QueueStatus, words: string])[] = [
  ['queue', 'the queue'],
  ['any', 'any state'],
  ...POST_STATES.map((status) => [status, stateWords(status)] as const),
];

const LONGEST_SEARCH = 200;
const CURSOR = /^(?:[a-z0-9_]{1,30}~)?[\w.-]{0,100}$/;

/**
 * The list that an address asks for. A search, and a batch, is looked through in any state unless one is named.
 *
 * @param read a parameter of the address; undefined where it is left out or empty
 * @throws BadRequest naming what can't be used
 */
export function queueQuery(read: (name: string) => string | undefined): QueueQuery {
  const readAs = (field: string, isOne: (value: string) => boolean, allowed: string) => {
    const value = read(field);
    if (value !== undefined && !isOne(value)) throw wrongParameter(field, value, allowed);
    return value;
  };
  const account = readAs('account', isHandle, 'the handle of an account');
  const batch = readAs('batch', (value) => ID_PATTERN.test(value), 'the id of a batch');
  const cursor = readAs('cursor', (value) => CURSOR.test(value), 'where a list continues');
  const q = read('q')?.trim().slice(0, LONGEST_SEARCH) || undefined;
  const asked = read('status') ?? usualStatus({ q, batch });
  const status = STATUS_CHOICES.map(([known]) => known).find((known) => known === asked);
  if (!status)
    throw wrongParameter('status', asked, `one of ${STATUS_CHOICES.map(([known]) => known).join(', ')}`);
  return { status, account, batch, q, cursor };
}

const usualStatus = ({ q, batch }: Pick<QueueQuery, 'q' | 'batch'>): QueueStatus =>
  q !== undefined || batch !== undefined ? 'any' : 'queue';

/** The way back, with its question mark: empty for the whole queue. `more` changes the query or adds to it. */
export function queueSearch(
  { status, account, batch, q, cursor }: QueueQuery,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const named = status === usualStatus({ q, batch }) ? undefined : status;
  const all = Object.entries({ status: named, account, batch, q, cursor, ...more });
  const given = all.flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const search = new URLSearchParams(given);
  return search.size > 0 ? `?${search}` : '';
}

/** Whether it is what waits for a person, by account and the oldest first. */
export const isQueue = ({ status }: QueueQuery): boolean => status === 'queue';

/** The states that a query keeps to; undefined for any. */
export const statesOf = ({ status }: QueueQuery): readonly PostState[] | undefined =>
  status === 'any' ? undefined : status === 'queue' ? WAITING : [status];

/** A part of a list of the desk. */
export interface QueuePage {
  readonly posts: readonly PostSummary[];
  /** Where the list continues; null at its end. */
  readonly next: string | null;
}

/**
 * One page of a list: what waits for a person by account, the oldest first, since it is worked through; what is scheduled in the
 * order of its slots; any other list newest first, since it is looked into. The archive sorts by time alone, so each account of the queue is asked for by itself, and the
 * cursor names the one where the page ended.
 *
 * @param counts of all posts, which tell the accounts that something waits for
 */
export async function queuePage(
  records: Pick<Records, 'listPosts'>,
  query: QueueQuery,
  { counts, size }: { counts: PostCounts; size: number },
): Promise<QueuePage> {
  const { account: only, batch, q: words, cursor } = query;
  const filter: PostQuery = { status: statesOf(query), batch, words };
  const order = query.status === 'scheduled' ? 'slot' : 'newest';
  if (!isQueue(query)) return records.listPosts({ ...filter, account: only, order, limit: size, cursor });
  const [from = '', after] = cursor?.split('~') ?? [];
  const posts: PostSummary[] = [];
  for (const account of accountsWaiting(counts)) {
    if (account < from || (only !== undefined && account !== only)) continue;
    if (posts.length === size) return { posts, next: `${account}~` };
    const page = await records.listPosts({
      ...filter,
      account,
      order: 'oldest',
      limit: size - posts.length,
      cursor: (account === from && after) || undefined,
    });
    posts.push(...page.posts);
    if (page.next !== null) return { posts, next: `${account}~${page.next}` };
  }
  return { posts, next: null };
}

const accountsWaiting = ({ accounts }: PostCounts): string[] =>
  Object.entries(accounts)
    .filter(([, byState]) => WAITING.some((state) => (byState[state] ?? 0) > 0))
    .map(([account]) => account)
    .toSorted();

/** The list from the post that comes after one, wherever that stands in it. */
export const queueAfter = (
  query: QueueQuery,
  { id, account }: Pick<PostSummary, 'id' | 'account'>,
): QueueQuery => ({ ...query, cursor: isQueue(query) ? `${account}~${id}` : id });

/**
 * The posts that stand beside one in a list; null where there is none.
 *
 * @param after what comes after one that is not among these, or is their last; the first of them where nothing does
 */
export function neighbours(
  posts: readonly Pick<PostSummary, 'id'>[],
  id: string,
  after: string | null = null,
) {
  const index = posts.findIndex((post) => post.id === id);
  if (index < 0) return { previous: null, next: after ?? posts[0]?.id ?? null };
  return { previous: posts[index - 1]?.id ?? null, next: posts[index + 1]?.id ?? after };
}
