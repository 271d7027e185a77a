import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPublicFetch } from '../services/public-fetch.js';
import { FEED_LIMITS, type FeedLimits } from '../services/feeds/read-feeds.js';
import {
  body,
  item,
  rss,
  startFeedServer,
  type FeedAnswer,
  type FeedServer,
} from '../services/feeds/testing/feed-server.js';
import { createReadNews, type NewsRead } from './read-news.js';
import { perform } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

let server: FeedServer;
/** What the server was told it had sent before. */
const known: Record<string, unknown>[] = [];
const CHANGED = 'Tue, 24 Nov 2026 09:00:00 GMT';
const stage = useStage();
beforeAll(async () => {
  const numbered = (name: string, count: number) =>
    body(rss(Array.from({ length: count }, (_, at) => item(`${name} ${at}`, `${at}`, at)).join('')));
  const kept: FeedAnswer = ({ headers }, response) => {
    known.push({ etag: headers['if-none-match'], date: headers['if-modified-since'] });
    const isKnown = headers['if-none-match'] === '"v1"';
    response.writeHead(isKnown ? 304 : 200, { etag: '"v1"', 'last-modified': CHANGED });
    response.end(isKnown ? undefined : rss(item('Kept', 'kept')));
  };
  const away: FeedAnswer = (_request, response) => void response.writeHead(503).end();
  const [news, many] = [numbered('News', 3), numbered('Many', 60)];
  server = await startFeedServer(
    new Map(Object.entries({ '/news': news, '/many': many, '/kept': kept, '/away': away })),
  );
}, 120_000);
afterAll(() => server.close());

const limits: FeedLimits = { ...FEED_LIMITS, bytes: 1_000_000, ms: 3_000, totalMs: 20_000 };
let batches = 0;
const read = (planner: string, paths: readonly string[], allowPrivate = true): Promise<NewsRead> => {
  const services = stage.services({ publicFetch: createPublicFetch({ allowPrivate }) });
  const batchId = `Batch${String((batches += 1)).padStart(7, '0')}`;
  const feeds = paths.map((path) => `${server.url}${path}`);
  return perform(createReadNews(services, limits).readNews, { batchId, account: 'harbor', planner, feeds });
};
const titles = ({ items }: NewsRead): string[] => items.map(({ title }) => title);

it('offers the newest items of a first run, and not the archive of the feed', async () => {
  const { items, note } = await read('first', ['/many']);
  expect(items.map(({ title }) => title)).toEqual(Array.from({ length: 20 }, (_, at) => `Many ${59 - at}`));
  const newest = { url: 'https://news.example/59', title: 'Many 59', summary: '' };
  expect(items[0]).toEqual({ ...newest, publishedAt: '2026-11-24T09:59:00.000Z' });
  expect(note).toBe('news: 20 items offered of 1 feed');
});

it('offers another batch nothing that one has on offer, and says so', async () => {
  await read('twice', ['/news']);
  const note = 'news: 0 items offered of 1 feed; 3 had before';
  expect(await read('twice', ['/news'])).toEqual({ items: [], note });
});

it('has a feed that did not change from the time before', async () => {
  expect(titles(await read('kept one', ['/kept']))).toEqual(['Kept']);
  expect(titles(await read('kept two', ['/kept']))).toEqual(['Kept']);
  expect(known).toEqual([{}, { etag: '"v1"', date: CHANGED }]);
});

it('skips feeds that can’t be read, and names each by its place and host alone, in a note that ends', async () => {
  const { host } = new URL(server.url);
  const news = await read('skips', ['/news', '/away?key=hunter2']);
  expect(titles(news)).toEqual(['News 2', 'News 1', 'News 0']);
  expect(news.note).toBe(`news: 3 items offered of 1 feed; skipped feed 2 (${host}): it answered 503`);
  const { note } = await read(
    'many',
    Array.from({ length: 40 }, (_, at) => `/away?at=${at}`),
  );
  expect(note).toHaveLength(800);
  expect(note).toMatch(/^news: 0 items offered of 0 feeds; skipped feed 1 .*…$/);
});

it('asks no address inside the machine where that is not allowed', async () => {
  const before = server.asked.length;
  const { items, note } = await read('inside', ['/news'], false);
  expect(items).toEqual([]);
  expect(note).toMatch(/skipped feed 1 \(127\.0\.0\.1:\d+\): 127\.0\.0\.1 is not a public address/);
  expect(server.asked.length).toBe(before);
});
