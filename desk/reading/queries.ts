import type { PublishedPost, Records } from '../../services/archive/records/records.js';
import { parseIsoTime, parseSince, SINCE_FORM } from '../../contract/time.js';
import { BadRequest } from '../http/bad-request.js';
import type { CostQuery } from '../../services/archive/ledger/ledger.js';
import { COST_KEYS, type CostKey } from '../../contract/money/charge.js';

interface ListPart {
  readonly posts: readonly PublishedPost[];
  /** The time before which the next page begins; null on the last page. */
  readonly next: string | null;
}

/** The `before` of an address in UTC, null when absent. @throws BadRequest when it is no ISO 8601 time with a zone */
export function readBefore(text: string | undefined): string | null {
  if (text === undefined) return null;
  const time = parseIsoTime(text);
  if (time !== null) return new Date(time).toISOString();
  throw new BadRequest('before is not an ISO 8601 time with a zone, such as 2027-01-31T09:00:00Z', {
    field: 'before',
  });
}

/** One page of an account's published posts, newest first. */
export async function publishedPage(
  records: Records,
  handle: string,
  { size, before }: { size: number; before: string | null },
): Promise<ListPart> {
  const posts = await records.listPublishedPosts(handle, { limit: size * 2, before: before ?? undefined });
  return cutPage(posts, size);
}

/**
 * Cuts a page of about `size` from posts sorted newest first. Posts of the very time at the cut stay together: `before`
 * leaves out what is not older, and a batch approved at once can publish many in one millisecond.
 */
export function cutPage(posts: readonly PublishedPost[], size: number): ListPart {
  const at = (index: number): string | undefined => posts[index]?.publication.at;
  let length = Math.min(size, posts.length);
  while (length > 0 && length < posts.length && at(length) === at(length - 1)) length += 1;
  return { posts: posts.slice(0, length), next: length < posts.length ? (at(length - 1) ?? null) : null };
}

/** The query of `/api/costs`, by day when left out. @throws BadRequest naming what can't be used */
export function costQuery({
  by = 'day',
  since,
}: {
  by?: string;
  since?: string;
}): CostQuery & { by: CostKey } {
  const key = COST_KEYS.find((known) => known === by);
  if (!key) throw wrongParameter('by', by, `one of ${COST_KEYS.join(', ')}`);
  if (since === undefined) return { by: key };
  const from = parseSince(since);
  if (!from) throw wrongParameter('since', since, SINCE_FORM);
  return { by: key, since: from };
}

export const wrongParameter = (field: string, value: string, allowed: string): BadRequest =>
  new BadRequest(`${field}='${value.slice(0, 60)}' is not ${allowed}`, { field });
