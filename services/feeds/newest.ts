import type { FeedItem } from './feed-item.js';

/** Newest first; those without a time last, in the order in which they came. */
export const newestFirst = (items: readonly FeedItem[]): FeedItem[] =>
  items.toSorted((one, other) => (other.publishedAt ?? '').localeCompare(one.publishedAt ?? ''));

/** Each piece of news once: the first of those that share an address, an id of their feed, or a title. */
export function distinct(items: readonly FeedItem[]): FeedItem[] {
  const seen = new Set<string>();
  return items.filter(({ urlKey, idKey, title }) => {
    const keys = [`url ${urlKey}`, `title ${titleWords(title)}`, ...(idKey === null ? [] : [`id ${idKey}`])];
    const isNew = keys.every((key) => !seen.has(key));
    if (isNew) for (const key of keys) seen.add(key);
    return isNew;
  });
}

/** Titles that differ only in case, punctuation or space are one. */
const titleWords = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim() || title;

/**
 * The newest items of several feeds, newest first. The feeds take turns, so that one that is loud, or says of everything that it
 * is of today, leaves room for the others.
 *
 * @param feeds the items of each feed, newest first
 */
export function pickNewest(feeds: readonly (readonly FeedItem[])[], most: number): FeedItem[] {
  const longest = Math.max(0, ...feeds.map((items) => items.length));
  const turns = Array.from({ length: longest }, (_, at) =>
    newestFirst(feeds.flatMap((items) => items.slice(at, at + 1))),
  );
  return newestFirst(distinct(turns.flat()).slice(0, most));
}
