import { createHash } from 'node:crypto';
import type { NewsItem } from '../../contract/news.js';
import { cutText } from '../../contract/cut-text.js';
import { isFetchable, LONGEST_ADDRESS } from '../../contract/web-address.js';
import { plainText } from './plain-text.js';
import { publishedAt } from './published-at.js';

/** An item of a feed, with what it is known by. */
export interface FeedItem extends NewsItem {
  /** Of its address, without what only counts readers. */
  readonly urlKey: string;
  /** Of its id within its feed; null where it has none but its address. */
  readonly idKey: string | null;
}

/** An item as a feed has it, whatever its format: every text may hold HTML, and be anything. */
export interface WrittenItem {
  readonly id: string | null;
  readonly title: string;
  readonly summary: string;
  /** Where it may stand, the likeliest first. */
  readonly links: readonly string[];
  /** When it was published, as the feed writes it; null where it does not. */
  readonly date: string | null;
}

const LONGEST_TITLE = 200;
const LONGEST_SUMMARY = 400;

/**
 * An item as it can be offered: plain, bounded, and with an address; null for one without a title or an address.
 *
 * @param base the feed's own address, for links that are relative.
 */
export function feedItem(written: WrittenItem, base: string, now: Date): FeedItem | null {
  const url = written.links.map((link) => webAddress(link, base)).find((link) => link !== null);
  const title = cutText(plainText(written.title), LONGEST_TITLE);
  if (url === undefined || title === '') return null;
  const summary = cutText(plainText(written.summary), LONGEST_SUMMARY);
  return {
    url,
    title,
    // Many feeds repeat the title where they have no more to say.
    summary: summary === title ? '' : summary,
    publishedAt: publishedAt(written.date, now),
    urlKey: keyOf(bareAddress(url)),
    idKey: written.id === null ? null : keyOf(`${new URL(base).host} ${written.id}`),
  };
}

/** An http or https address without a user name, from a link that may be relative; null for any other. */
function webAddress(link: string, base: string): string | null {
  const text = link.trim();
  if (text === '' || text.length > LONGEST_ADDRESS || !URL.canParse(text, base)) return null;
  const { href } = new URL(text, base);
  return isFetchable(href) ? href : null;
}

/** The address without its fragment and the marks of campaigns, which differ from feed to feed for one and the same page. */
function bareAddress(url: string): string {
  const bare = new URL(url);
  bare.hash = '';
  for (const name of [...bare.searchParams.keys()]) if (/^utm_/i.test(name)) bare.searchParams.delete(name);
  return bare.href;
}

/** Of one length, so that it fits an index. */
const keyOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
