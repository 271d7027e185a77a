import { describe, expect, test } from 'vitest';
import type { FeedItem } from '../../feeds/feed-item.js';
import type { Archive } from '../archive.js';
import { batchRecord } from '../sample-records.js';
import { useArchive } from '../testing/use-archive.js';
import type { NewsOffer } from './news.js';

const AT = '2026-11-26T09:00:00.000Z';
const later = (days: number): string => new Date(Date.parse(AT) + days * 86_400_000).toISOString();

const item = (name: string, change: Partial<FeedItem> = {}): FeedItem => ({
  url: `https://news.example/${name}`,
  title: name,
  summary: '',
  publishedAt: AT,
  urlKey: `url-${name}`,
  idKey: `id-${name}`,
  ...change,
});

let numbers = 0;
const batchId = (): string => `Batch${String((numbers += 1)).padStart(7, '0')}`;

/** What every archive promises of news. `open` gives one on an empty database. */
export function newsContract(name: string, open: () => Promise<Archive>): void {
  describe(`the news on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));
    const [one, two, three] = ['one', 'two', 'three'].map((each) => item(each)) as [
      FeedItem,
      FeedItem,
      FeedItem,
    ];

    /** Offers to a batch of a planner that no other test has. */
    const offer = (planner: string, change: Partial<NewsOffer> = {}): Promise<FeedItem[]> =>
      archive.news.offer({
        account: 'ash',
        planner,
        batchId: batchId(),
        items: [one, two, three],
        at: AT,
        ...change,
      });
    const record = (id: string, used: readonly FeedItem[], over = true) => ({
      ...batchRecord(id, 'ash'),
      news: { used: used.map(({ url }) => ({ url, postId: 'Postpostpo01' })), over },
    });

    test('keeps a feed as it was last read, and forgets it after 90 days without a change', async () => {
      const feed = { etag: '"a"', lastModified: null, items: [one, item('zero\0')] };
      const [url, other] = ['https://a.example/?key=1', 'https://b.example/'];
      await archive.news.saveFeeds(new Map([[url, { ...feed, etag: 'old' }]]), AT);
      await archive.news.saveFeeds(new Map([[url, feed]]), AT);
      expect(await archive.news.findFeeds([url, other])).toEqual(
        new Map([[url, { ...feed, items: [one, item('zero')] }]]),
      );
      expect(await archive.news.findFeeds([])).toEqual(new Map());
      await archive.news.saveFeeds(new Map([[other, feed]]), later(91));
      expect([...(await archive.news.findFeeds([url, other])).keys()]).toEqual([other]);
    });

    test('offers what a batch planned a post with to no other batch of its planner', async () => {
      const id = batchId();
      expect(await offer('used', { batchId: id })).toEqual([one, two, three]);
      await archive.records.saveBatch(record(id, [two]));
      expect(await offer('used')).toEqual([one, three]);
      const moved = item('moved', { idKey: two.idKey });
      expect(await offer('used', { items: [moved, two] })).toEqual([]);
      expect(await offer('another')).toEqual([one, two, three]);
      expect(await offer('used', { account: 'other' })).toEqual([one, two, three]);
    });

    test('offers what another batch has on offer once that is planned without it, or has ended', async () => {
      const [first, second] = [batchId(), batchId()];
      await offer('open', { batchId: first, items: [one] });
      expect(await offer('open', { batchId: second })).toEqual([two, three]);
      expect(await offer('open')).toEqual([]);
      await archive.records.saveBatch(record(first, []));
      expect(await offer('open')).toEqual([one]);
      const ended = batchRecord(second, 'ash');
      await archive.records.saveBatch({ ...ended, status: { ...ended.status, status: 'cancelled' } });
      expect(await offer('open')).toEqual([two, three]);
      expect(await offer('open', { at: later(8) })).toEqual([one, two, three]);
    });

    test('offers a batch that asks again the same, whatever it has planned since', async () => {
      const id = batchId();
      await offer('again', { batchId: id });
      await archive.records.saveBatch(record(id, [one], false));
      expect(await offer('again', { batchId: id })).toEqual([one, two, three]);
      expect(await offer('again')).toEqual([]);
    });

    test('offers each item to one of many batches that ask at the same moment', async () => {
      const offered = await Promise.all(Array.from({ length: 6 }, () => offer('many')));
      expect(offered.flat()).toEqual([one, two, three]);
    });

    test('takes what came of an offer in any order, and keeps the first', async () => {
      const id = batchId();
      await offer('order', { batchId: id });
      await archive.records.saveBatch({ ...record(id, [one]), sequence: 7 });
      await archive.records.saveBatch({ ...record(id, [two], false), sequence: 3 });
      expect(await offer('order')).toEqual([three]);
    });

    test('takes texts with zeros in them', async () => {
      const id = batchId();
      const [offered] = await offer('zeros', { batchId: id, items: [item('ze\0ro')] });
      expect(offered?.title).toBe('zero');
    });
  });
}
