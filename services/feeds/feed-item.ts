import { createHash } from 'node:crypto';
import { Parser } from 'htmlparser2';
import { cutText } from '../../contract/draft.js';
import type { NewsItem } from '../../contract/news.js';
import { shown } from '../../contract/shown.js';
import { isFetchable, LONGEST_ADDRESS } from '../../contract/address.js';

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

const ISO = /^\d{4}-\d{2}-\d{2}(?:$|[T ]\d{2}:\d{2})/;
/** As RFC 822 has it, which RSS keeps to: `Tue, 24 Nov 2026 09:00:00 GMT`. */
const RFC_822 = /^(?:[a-z]{3,9},?\s+)?\d{1,2}\s+[a-z]{3,9}\.?\s+\d{2,4}\s+\d{1,2}:\d{2}/i;
const LONGEST_DATE = 64;
const DAY_MS = 86_400_000;
/** Before there were feeds. */
const FIRST = Date.parse('1995-01-01T00:00:00Z');

/**
 * When an item was published, as ISO 8601; null where nothing is said, or what can't be: a time that is no time, one before there
 * were feeds, or one to come. A clock that is less than a day fast is taken to mean now.
 */
export function publishedAt(written: string | null, now: Date): string | null {
  const text = (written ?? '').trim();
  // `Date.parse` by itself makes a day of "Episode 5".
  if (text.length > LONGEST_DATE || !(ISO.test(text) || RFC_822.test(text))) return null;
  const ms = Date.parse(text);
  if (!(ms >= FIRST && ms <= now.getTime() + DAY_MS)) return null;
  return new Date(Math.min(ms, now.getTime())).toISOString();
}

/** Of a text with HTML, in characters: what is offered is a few hundred. */
const LONGEST_HTML = 20_000;
/** What stands in them is not for readers. */
const UNREAD = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math']);
/** Words on both sides of these stay one word; all other tags part them. */
const WITHIN_WORDS = new Set([
  'a',
  'abbr',
  'b',
  'code',
  'em',
  'i',
  'mark',
  's',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'u',
]);

/** The words of a text that may hold HTML, as one line without anything that can't be seen. */
function plainText(html: string): string {
  const start = html.slice(0, LONGEST_HTML);
  return oneLine(/[<&]/.test(start) ? wordsOf(start) : start);
}

const oneLine = (text: string): string => shown(text).replace(/\s+/g, ' ').trim();

function wordsOf(html: string): string {
  const words: string[] = [];
  let unread = 0;
  const part = (name: string): void => {
    if (!WITHIN_WORDS.has(name)) words.push(' ');
  };
  const parser = new Parser({
    onopentagname(name) {
      if (UNREAD.has(name)) unread += 1;
      part(name);
    },
    onclosetag(name) {
      if (UNREAD.has(name)) unread -= 1;
      part(name);
    },
    ontext(text) {
      if (unread === 0) words.push(text);
    },
  });
  parser.end(html);
  return words.join('');
}

/** What came is no feed, or one that is not read. One line, in our words alone. */
export class FeedUnreadable extends Error {
  override name = 'FeedUnreadable' as const;
}
