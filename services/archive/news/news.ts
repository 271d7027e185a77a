import type { FeedItem } from '../../feeds/feed-item.js';
import type { KeptFeed } from '../../feeds/read-feed.js';

/** A batch that is to be offered news. */
export interface NewsOffer {
  readonly account: string;
  readonly planner: string;
  readonly batchId: string;
  readonly items: readonly FeedItem[];
  /** ISO 8601. */
  readonly at: string;
}

/**
 * What feeds said when they were last read, and what planners were offered of it. What came of an offer is told by the record
 * of its batch: see `BatchRecord.news`.
 */
export interface News {
  /** What is kept of these feeds, by address; nothing of one that was never read. */
  findFeeds(urls: readonly string[]): Promise<ReadonlyMap<string, KeptFeed>>;
  /** Keeps feeds as they were read at a time, by address, and forgets those that have not changed for long. */
  saveFeeds(feeds: ReadonlyMap<string, KeptFeed>, at: string): Promise<void>;
  /**
   * Offers news to a batch: all but what its planner had before, which is what a post was planned with and what another batch
   * that is still being planned has on offer. May be repeated: what the batch itself was offered stays on offer.
   *
   * @returns the items that it was offered, in the same order
   */
  offer(offer: NewsOffer): Promise<FeedItem[]>;
}
