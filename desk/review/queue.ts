import type { PostCounts, PostSummary } from '../../contract/lists.js';
import type { PostState } from '../../contract/states.js';
import type { PostQuery, Records } from '../../services/archive/records/records.js';
import { isQueue, statesOf, WAITING, type QueueQuery } from './queue-query.js';

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
