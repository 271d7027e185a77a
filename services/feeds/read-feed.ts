import type { PublicAnswer, PublicFetch } from '../public-fetch.js';
import { decode } from './decode.js';
import type { FeedItem } from './feed-item.js';
import { parseFeed } from './parse-feed.js';
import { FeedUnreadable } from './unreadable.js';

/** What is kept of a feed from one reading to the next. */
export interface KeptFeed {
  /** What its server is told, so that it need not send again what has not changed. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Newest first. */
  readonly items: readonly FeedItem[];
}

export interface ReadFeedOptions {
  readonly publicFetch: PublicFetch;
  /** What came when it was last read; null for the first time. */
  readonly known: KeptFeed | null;
  /** Of the answer, unpacked. */
  readonly bytes: number;
  /** How long it may take in all, in ms. */
  readonly ms: number;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** What is asked for. A server that has only HTML at the address says so by what it sends. */
const ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, */*;q=0.1';
const NOT_MODIFIED = 304;
/** A longer one is not sent back. */
const LONGEST_VALIDATOR = 500;

/**
 * Reads a feed, or finds that it has not changed.
 *
 * @throws FeedUnreadable, FetchRefused, the reason of the signal, or what fetch throws
 */
export async function readFeed(url: string, options: ReadFeedOptions): Promise<KeptFeed> {
  const { publicFetch, known, bytes, ms, now } = options;
  const late = AbortSignal.timeout(ms);
  const signal = AbortSignal.any([options.signal, late]);
  const request = { headers: headersFor(known), most: bytes, within: ms, plain: true, signal };
  return publicFetch(url, request, async (answer) => {
    if (answer.status === NOT_MODIFIED && known) return known;
    if (answer.status < 200 || answer.status > 299) throw new FeedUnreadable(`it answered ${answer.status}`);
    const text = decode(await bytesOf(answer), answer.headers.get('content-type'));
    return {
      etag: validator(answer, 'etag'),
      lastModified: validator(answer, 'last-modified'),
      items: await parseFeed({ text, url: answer.url, now, signal }),
    };
  });
}

function headersFor(known: KeptFeed | null): Record<string, string> {
  return {
    accept: ACCEPT,
    'user-agent': 'Copydesk',
    ...(known?.etag && { 'if-none-match': known.etag }),
    ...(known?.lastModified && { 'if-modified-since': known.lastModified }),
  };
}

function validator({ headers }: PublicAnswer, name: string): string | null {
  const value = headers.get(name);
  // What is not plain ASCII would not be taken as a header.
  return value !== null && value.length <= LONGEST_VALIDATOR && /^[ -~]+$/.test(value) ? value : null;
}

async function bytesOf({ body }: PublicAnswer): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
