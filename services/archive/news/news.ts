import { createHash } from 'node:crypto';
import type { Insertable, Kysely, Transaction } from 'kysely';
import type { NewsOutcome } from '../../../contract/news.js';
import { BATCH_FINAL } from '../../../contract/states.js';
import type { FeedItem } from '../../feeds/feed-item.js';
import type { KeptFeed } from '../../feeds/read-feed.js';
import { storable } from '../database.js';
import { newsOf, whileLocked } from '../locks.js';
import type { Schema } from '../schema.js';

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

const DAY_MS = 86_400_000;
/** A feed that has not changed for so long is read as for the first time. */
const FEED_KEPT_MS = 90 * DAY_MS;
/** Longer than any feed keeps an item among its newest. */
const OFFER_KEPT_MS = 730 * DAY_MS;
/** A batch that was ended from outside never says what came of its news. */
const OPEN_MS = 7 * DAY_MS;

export const createNews = (db: Kysely<Schema>): News => ({
  async findFeeds(urls) {
    const byKey = new Map(urls.map((url) => [keyOf(url), url]));
    if (byKey.size === 0) return new Map();
    const rows = await db
      .selectFrom('feeds')
      .select(['key', 'etag', 'last_modified as lastModified', 'items'])
      .where('key', 'in', [...byKey.keys()])
      .execute();
    return new Map(rows.map(({ key, ...feed }) => [byKey.get(key) ?? '', feed]));
  },

  async saveFeeds(feeds, at) {
    for (const [url, feed] of feeds) {
      const { etag, lastModified, items } = storable(feed);
      const row = { etag, last_modified: lastModified, items: JSON.stringify(items), read_at: at };
      await db
        .insertInto('feeds')
        .values({ key: keyOf(url), ...row })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
        .execute();
    }
    await db.deleteFrom('feeds').where('read_at', '<', before(at, FEED_KEPT_MS)).execute();
  },

  async offer(asked) {
    const offer = storable(asked);
    const { items } = offer;
    if (items.length === 0) return [];
    return whileLocked(db, newsOf(offer.account), async (trx) => {
      const taken = await takenIn(trx, offer);
      const offered = items.filter(({ urlKey, idKey }) => !taken.has(urlKey) && !taken.has(idKey ?? ''));
      if (offered.length > 0) {
        await trx
          .insertInto('news_offers')
          .values(offered.map((item) => rowOf(offer, item)))
          .onConflict((conflict) => conflict.columns(['batch_id', 'url_key']).doNothing())
          .execute();
      }
      await trx
        .deleteFrom('news_offers')
        .where('account', '=', offer.account)
        .where('at', '<', before(offer.at, OFFER_KEPT_MS))
        .execute();
      return offered;
    });
  },
});

/** The keys of what the planner can't be offered: another batch has it, or had it and made something of it. */
async function takenIn(
  trx: Transaction<Schema>,
  { account, planner, batchId, items, at }: NewsOffer,
): Promise<ReadonlySet<string>> {
  const rows = await trx
    .selectFrom('news_offers')
    .leftJoin('batches', 'batches.id', 'news_offers.batch_id')
    .select(['url_key', 'id_key'])
    .where('news_offers.account', '=', account)
    .where('news_offers.planner', '=', planner)
    .where('news_offers.batch_id', '<>', batchId)
    .where((eb) =>
      eb.or([
        eb(
          'url_key',
          'in',
          items.map(({ urlKey }) => urlKey),
        ),
        eb(
          'id_key',
          'in',
          items.map(({ idKey }) => idKey ?? ''),
        ),
      ]),
    )
    .where((eb) =>
      eb.or([
        eb('post_id', 'is not', null),
        eb.and([
          eb('over', '=', false),
          eb('at', '>', before(at, OPEN_MS)),
          eb.or([eb('batches.status', 'is', null), eb('batches.status', 'not in', [...BATCH_FINAL])]),
        ]),
      ]),
    )
    .execute();
  return new Set(rows.flatMap(({ url_key, id_key }) => [url_key, ...(id_key === null ? [] : [id_key])]));
}

const rowOf = (
  { account, planner, batchId, at }: NewsOffer,
  { urlKey, idKey, url, title }: FeedItem,
): Insertable<Schema['news_offers']> => ({
  batch_id: batchId,
  url_key: urlKey,
  id_key: idKey,
  account,
  planner,
  url,
  title,
  at,
  post_id: null,
  over: false,
});

/** An address may hold a secret, so the archive has none of a feed. */
const keyOf = (url: string): string => createHash('sha256').update(url).digest('base64url');

const before = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString();

/** Notes what came of the news that a batch was offered. Nothing of it is ever taken back, so an older outcome changes nothing. */
export async function saveOutcome(
  trx: Transaction<Schema>,
  batchId: string,
  { used, over }: NewsOutcome,
): Promise<void> {
  for (const { url, postId } of used) {
    await trx
      .updateTable('news_offers')
      .set({ post_id: postId })
      .where('batch_id', '=', batchId)
      .where('url', '=', url)
      .where('post_id', 'is', null)
      .execute();
  }
  if (!over) return;
  await trx
    .updateTable('news_offers')
    .set({ over: true })
    .where('batch_id', '=', batchId)
    .where('over', '=', false)
    .execute();
}
