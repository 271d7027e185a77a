import { type PublicFetch, FetchRefused } from '../public-fetch.js';
import { type FeedItem, FeedUnreadable } from './feed-item.js';
import { pickNewest } from './newest.js';
import { readFeed, type KeptFeed } from './read-feed.js';

/** How much the feeds of a planner may take. */
export interface FeedLimits {
  /** Of one feed, unpacked, in bytes. */
  readonly bytes: number;
  /** For one feed, in ms. */
  readonly ms: number;
  /** For all of them, in ms. */
  readonly totalMs: number;
  /** How many are read at a time. */
  readonly together: number;
}

export const FEED_LIMITS: FeedLimits = { bytes: 5_000_000, ms: 20_000, totalMs: 27_000, together: 8 };

interface ReadFeedsOptions {
  readonly publicFetch: PublicFetch;
  /** What is kept of each feed that was read before, by its address. */
  readonly known: ReadonlyMap<string, KeptFeed>;
  /** The most items that come of it. */
  readonly most: number;
  readonly now: Date;
  readonly limits: FeedLimits;
  readonly signal: AbortSignal;
}

interface SkippedFeed {
  readonly url: string;
  /** In one clause, in our words. */
  readonly reason: string;
}

export interface FeedsRead {
  /** The newest of all, newest first. */
  readonly items: readonly FeedItem[];
  /** What is to be kept, by address: those that have changed. */
  readonly changed: ReadonlyMap<string, KeptFeed>;
  readonly skipped: readonly SkippedFeed[];
}

/** Reads feeds, some at a time. One that can't be read is skipped. @throws the reason of the signal, and nothing else */
export async function readFeeds(urls: readonly string[], options: ReadFeedsOptions): Promise<FeedsRead> {
  const { limits, signal, known } = options;
  const end = performance.now() + limits.totalMs;
  const waiting = [...new Set(urls)];
  const read = new Map<string, KeptFeed>();
  const reasons = new Map<string, string>();

  async function readInTurn(): Promise<void> {
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
      const ms = Math.min(limits.ms, shareOf(end - performance.now(), waiting.length + 1, limits.together));
      try {
        read.set(url, await readFeed(url, { ...options, ...limits, ms, known: known.get(url) ?? null }));
      } catch (error) {
        signal.throwIfAborted();
        reasons.set(url, whyNotRead(error, ms));
      }
    }
  }

  await Promise.all(Array.from({ length: limits.together }, readInTurn));
  const inOrder = [...new Set(urls)];
  return {
    items: pickNewest(
      inOrder.map((url) => read.get(url)?.items ?? []),
      options.most,
    ),
    changed: new Map([...read].filter(([url, feed]) => feed !== known.get(url))),
    skipped: inOrder.flatMap((url) => {
      const reason = reasons.get(url);
      return reason === undefined ? [] : [{ url, reason }];
    }),
  };
}

/** What a feed may take of the time that is left, so that each of those that wait has its turn. Whole ms, at least one. */
const shareOf = (left: number, waiting: number, together: number): number =>
  Math.max(1, Math.floor(left / Math.ceil(waiting / together)));

/** Why a feed could not be read, in one clause that holds nothing its server wrote. @param ms the time that it had */
function whyNotRead(error: unknown, ms: number): string {
  if (error instanceof FeedUnreadable || error instanceof FetchRefused) return error.message;
  const { name, cause } = error as Error & { cause?: { code?: unknown } };
  if (name === 'TimeoutError') return `it is not read after ${Math.round(ms / 100) / 10} s`;
  // fetch says only "fetch failed"; the code of its cause says why.
  const code = cause?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'it could not be fetched';
}
