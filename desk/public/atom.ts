import { Feed } from 'feed';
import { html } from 'hono/html';
import { withBreaks, type FeedEntry } from './feed-entry.js';

/** One page of an account's feed. Addresses are absolute. */
export interface FeedPage {
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly language: string;
  /** The account's page. */
  readonly home: string;
  /** This page of the feed. */
  readonly self: string;
  /** The page of the next older posts; null on the last. */
  readonly next: string | null;
  readonly entries: readonly FeedEntry[];
}

/** The feed as Atom (RFC 4287), paged by `rel="next"` (RFC 5005). */
export function atomFeed(page: FeedPage): string {
  const feed = new Feed({
    id: page.home,
    title: page.title,
    description: page.description,
    link: page.home,
    feedLinks: { atom: page.self },
    author: { name: page.author, link: page.home },
    generator: 'Copydesk',
    // The time of the newest post, not of the request, so that an unchanged feed has an unchanged ETag.
    updated: page.entries[0]?.at ?? new Date(0),
  });
  for (const entry of page.entries) {
    feed.addItem({
      id: entry.url,
      link: entry.url,
      // The library declares titles and summaries as HTML.
      title: html`${entry.title}`.toString(),
      description: withBreaks(entry.summary).toString(),
      content: entry.content,
      date: entry.at,
      published: entry.at,
      category: entry.tags.map((tag) => ({ name: tag, term: tag })),
      ...(entry.image === null ? {} : { image: entry.image }),
      ...(entry.clip === null ? {} : { video: entry.clip }),
    });
  }
  return withNext(feed.atom1(), page.next);
}

/** The library knows no `next` link; ours stands before the link of the feed itself, which no text can imitate. */
function withNext(atom: string, next: string | null): string {
  if (next === null) return atom;
  return atom.replace(
    '<link rel="self"',
    () => `${html`<link rel="next" href="${next}" />`}\n    <link rel="self"`,
  );
}
