import { setImmediate } from 'node:timers/promises';
import { jsonExcess } from '../../contract/json-bounds.js';
import { feedItem, type FeedItem, type WrittenItem, FeedUnreadable } from './feed-item.js';
import { newestFirst } from './newest.js';
import { XmlFeedParser } from './xml-feed-parser.js';

/** Of a text, in characters, before others have their turn: some milliseconds. */
const PIECE = 128 * 1_024;
const ITEMS_A_TURN = 200;
/** What is kept of a feed: more than is ever offered of it, so that doubles and those without an address may go. */
const MOST_KEPT = 50;

interface FeedText {
  readonly text: string;
  /** The feed's own address. */
  readonly url: string;
  readonly now: Date;
  /** Aborted when there is no more time for it. */
  readonly signal: AbortSignal;
}

/**
 * The newest items of a feed (RSS, Atom, JSON Feed), newest first. It is parsed in pieces, so that a large one holds up
 * nothing else.
 *
 * @throws FeedUnreadable for what is no feed. The reason of the signal
 */
export async function parseFeed(feed: FeedText): Promise<FeedItem[]> {
  const { url, now, signal } = feed;
  const text = feed.text.replaceAll('\0', '').trimStart();
  if (text === '') throw new FeedUnreadable('it is empty');
  const written = text.startsWith('{') ? parseJsonFeed(text) : await itemsOfXml({ ...feed, text });
  const items: FeedItem[] = [];
  for (let at = 0; at < written.length; at += ITEMS_A_TURN) {
    await nextTurn(signal);
    const turn = written.slice(at, at + ITEMS_A_TURN).map((item) => feedItem(item, url, now));
    items.push(...turn.filter((item) => item !== null));
  }
  return newestFirst(items).slice(0, MOST_KEPT);
}

async function itemsOfXml({ text, url, signal }: FeedText): Promise<readonly WrittenItem[]> {
  const parser = new XmlFeedParser(url);
  for (let at = 0; at < text.length && !parser.isFull; at += PIECE) {
    await nextTurn(signal);
    parser.write(text.slice(at, at + PIECE));
  }
  return parser.items;
}

async function nextTurn(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** Real ones are six deep; a feed of 5 MB with a value for each 50 characters is one of values. */
const BOUNDS = { depth: 30, values: 100_000 };

/** The items of a JSON Feed (version 1 and 1.1, jsonfeed.org). @throws FeedUnreadable */
function parseJsonFeed(text: string): WrittenItem[] {
  const excess = jsonExcess(text, BOUNDS);
  if (excess !== null) throw new FeedUnreadable(excess);
  const items = field(parsed(text), 'items');
  if (!Array.isArray(items)) throw new FeedUnreadable('it is JSON, but no JSON Feed');
  return items.map(written);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FeedUnreadable('it is not whole JSON');
  }
}

const written = (item: unknown): WrittenItem => {
  const id = textOf(item, 'id');
  return {
    id: id || null,
    title: textOf(item, 'title'),
    summary: textOf(item, 'summary') || textOf(item, 'content_text') || textOf(item, 'content_html'),
    links: [textOf(item, 'url'), textOf(item, 'external_url'), ...(/^https?:/i.test(id) ? [id] : [])],
    date: textOf(item, 'date_published') || textOf(item, 'date_modified') || null,
  };
};

function textOf(item: unknown, name: string): string {
  const value = field(item, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A field of the document's own; a name such as `__proto__` is one like any other, and nothing is copied. */
const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
