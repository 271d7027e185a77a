import { jsonExcess } from '../../contract/json-bounds.js';
import type { WrittenItem } from './feed-item.js';
import { FeedUnreadable } from './unreadable.js';

/** Real ones are six deep; a feed of 5 MB with a value for each 50 characters is one of values. */
const BOUNDS = { depth: 30, values: 100_000 };

/** The items of a JSON Feed (version 1 and 1.1, jsonfeed.org). @throws FeedUnreadable */
export function parseJsonFeed(text: string): WrittenItem[] {
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
