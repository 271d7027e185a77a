import { type NewsItem, MOST_OFFERED } from '../contract/news.js';
import type { FeedItem } from '../services/feeds/feed-item.js';
import { FEED_LIMITS, readFeeds, type FeedLimits, type FeedsRead } from '../services/feeds/read-feeds.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';

/** A planner that reads its feeds before a batch is planned. */
export interface NewsTask {
  readonly batchId: string;
  readonly account: string;
  readonly planner: string;
  /** The addresses of its feeds. */
  readonly feeds: readonly string[];
}

/** What a batch is offered. */
export interface NewsRead {
  /** Newest first. */
  readonly items: readonly NewsItem[];
  /** What was read and what was skipped, for people. */
  readonly note: string;
}

const LONGEST_NOTE = 800;

/** @param limits of the reading; those of the house when left out */
export const createReadNews = (services: Services, limits: FeedLimits = FEED_LIMITS) => ({
  /**
   * Reads the feeds of a planner and notes in the archive what its batch is offered of them. A feed that can't be read is skipped,
   * and the note says why. May be repeated.
   */
  readNews(task: NewsTask): Promise<NewsRead> {
    return withHeartbeat(null, async () => {
      const { archive, publicFetch, now, stopping } = services;
      const known = await archive.news.findFeeds(task.feeds);
      const read = await readFeeds(task.feeds, {
        publicFetch,
        known,
        limits,
        most: MOST_OFFERED,
        now: now(),
        signal: stopping,
      });
      const at = now().toISOString();
      if (read.changed.size > 0) await archive.news.saveFeeds(read.changed, at);
      const items = await archive.news.offer({ ...task, items: read.items, at });
      return { items: items.map(newsItem), note: noteOn(task, read, items.length) };
    });
  },
});

const newsItem = ({ url, title, summary, publishedAt }: FeedItem): NewsItem => ({
  url,
  title,
  summary,
  publishedAt,
});

function noteOn({ feeds }: NewsTask, { items, skipped }: FeedsRead, offered: number): string {
  const had = items.length - offered;
  const parts = [
    `news: ${counted(offered, 'item')} offered of ${counted(feeds.length - skipped.length, 'feed')}`,
    ...(had > 0 ? [`${had} had before`] : []),
    ...skipped.map(({ url, reason }) => `skipped ${feedName(url, feeds)}: ${reason}`),
  ];
  const note = parts.join('; ');
  return note.length <= LONGEST_NOTE ? note : `${note.slice(0, LONGEST_NOTE - 1)}…`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** By its place in the account file and its host: path and query of an address may be a secret. */
const feedName = (url: string, feeds: readonly string[]): string =>
  `feed ${feeds.indexOf(url) + 1} (${URL.canParse(url) ? new URL(url).host : 'no address'})`;
