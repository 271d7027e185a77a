import type { PublicAnswer, PublicFetch } from '../public-fetch.js';
import { type FeedItem, FeedUnreadable } from './feed-item.js';
import { parseFeed } from './parse-feed.js';

/** What is kept of a feed from one reading to the next. */
export interface KeptFeed {
  /** What its server is told, so that it need not send again what has not changed. */
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Newest first. */
  readonly items: readonly FeedItem[];
}

interface ReadFeedOptions {
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

/** Where a document says how it is written. */
const DECLARED = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i;
const BYTES_OF_DECLARATION = 1_024;
/** Every document of ours has one of these at its start. A wrong encoding leaves none. */
const LOOKS_WRITTEN = /[<{]/;

/**
 * The text of a document, by what its bytes, its server and it itself say of its encoding, in this order. What is said is held
 * against the bytes: servers say UTF-8 of anything. In the end it is read as Windows-1252, which takes every byte.
 */
export function decode(bytes: Uint8Array, contentType: string | null): string {
  const start = Buffer.from(bytes.subarray(0, BYTES_OF_DECLARATION)).toString('latin1');
  const labels = [
    markOf(bytes),
    /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType ?? '')?.[1],
    DECLARED.exec(start)?.[1],
    'utf-8',
  ];
  for (const label of labels) {
    const text = label ? decodedAs(label, bytes) : null;
    if (text !== null) return text;
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

/** The encoding that the first bytes show: a byte order mark, or the zeros between those of `<?`. */
function markOf([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0 && d === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c && c === 0)) return 'utf-16be';
  return undefined;
}

/** The text; null where the bytes can't be in that encoding, or nobody knows it. */
function decodedAs(label: string, bytes: Uint8Array): string | null {
  try {
    // With `stream`, a last character that is cut in two is left out.
    const text = new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true });
    return bytes.length === 0 || LOOKS_WRITTEN.test(text.slice(0, BYTES_OF_DECLARATION)) ? text : null;
  } catch {
    return null;
  }
}
