import { setImmediate } from 'node:timers/promises';
import { feedItem, type FeedItem, type WrittenItem } from './feed-item.js';
import { newestFirst } from './newest.js';
import { parseJsonFeed } from './parse-json-feed.js';
import { FeedUnreadable } from './unreadable.js';
import { XmlFeedParser } from './xml-feed-parser.js';

/** Of a text, in characters, before others have their turn: some milliseconds. */
const PIECE = 128 * 1_024;
const ITEMS_A_TURN = 200;
/** What is kept of a feed: more than is ever offered of it, so that doubles and those without an address may go. */
const MOST_KEPT = 50;

export interface FeedText {
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
