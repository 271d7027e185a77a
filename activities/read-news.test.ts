import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
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
import { hostileFeeds } from '../services/feeds/testing/hostile-feeds.js';
import type { Services } from '../services/services.js';
import { createReadNews, type NewsRead, type NewsTask } from './read-news.js';
import { perform, type Stage } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

let stage: Stage;
let server: FeedServer;
/** What the server was told it had sent before, by path. */
let known: Record<string, unknown>[] = [];
useStage((opened) => (stage = opened));
beforeAll(async () => {
  const answers = new Map<string, FeedAnswer>([
    ['/news', body(rss([1, 2, 3].map((at) => item(`News ${at}`, `n${at}`, at)).join('')))],
    ['/many', body(rss(Array.from({ length: 60 }, (_, at) => item(`Many ${at}`, `m${at}`, at)).join('')))],
    [
      '/kept',
      ({ headers }, response) => {
        known.push({ etag: headers['if-none-match'], date: headers['if-modified-since'] });
        const isKnown = headers['if-none-match'] === '"v1"';
        response.writeHead(isKnown ? 304 : 200, {
          etag: '"v1"',
          'last-modified': 'Tue, 24 Nov 2026 09:00:00 GMT',
        });
        response.end(isKnown ? undefined : rss(item('Kept', 'kept')));
      },
    ],
    ['/secret', (_request, response) => void response.writeHead(503).end()],
  ]);
  for (const [at, { answer }] of hostileFeeds('http://127.0.0.1:9').entries())
    answers.set(`/hostile/${at}`, answer);
  server = await startFeedServer(answers);
}, 120_000);
beforeEach(() => {
  known = [];
});
afterAll(() => server.close());

const limits: FeedLimits = { ...FEED_LIMITS, bytes: 1_000_000, ms: 3_000, totalMs: 20_000 };
let batches = 0;
const read = (
  planner: string,
  paths: readonly string[],
  change: Partial<Services> = {},
): Promise<NewsRead> => {
  const services = stage.services({ publicFetch: createPublicFetch({ allowPrivate: true }), ...change });
  const task: NewsTask = {
    ...{ batchId: `Batch${String((batches += 1)).padStart(7, '0')}`, account: 'harbor', planner },
    feeds: paths.map((path) => `${server.url}${path}`),
  };
  return perform(createReadNews(services, limits).readNews, task);
};
const titles = ({ items }: NewsRead): string[] => items.map(({ title }) => title);

it('offers the newest items of a first run, and not the archive of the feed', async () => {
  const news = await read('first', ['/many']);
  expect(titles(news)).toEqual(Array.from({ length: 20 }, (_, at) => `Many ${59 - at}`));
  expect(news.items[0]).toEqual({
    ...{
      url: 'https://news.example/m59',
      title: 'Many 59',
      summary: '',
      publishedAt: '2026-11-24T09:59:00.000Z',
    },
  });
  expect(news.note).toBe('news: 20 items offered of 1 feed');
});

it('offers another batch nothing that one has on offer, and says so', async () => {
  await read('twice', ['/news']);
  expect(await read('twice', ['/news'])).toEqual({
    items: [],
    note: 'news: 0 items offered of 1 feed; 3 had before',
  });
});

it('has a feed that did not change from the time before', async () => {
  expect(titles(await read('kept one', ['/kept']))).toEqual(['Kept']);
  expect(titles(await read('kept two', ['/kept']))).toEqual(['Kept']);
  expect(known).toEqual([{}, { etag: '"v1"', date: 'Tue, 24 Nov 2026 09:00:00 GMT' }]);
});

it('skips feeds that can’t be read, and names each by its place and host alone', async () => {
  const news = await read('skips', ['/news', '/secret?key=hunter2']);
  expect(titles(news)).toEqual(['News 3', 'News 2', 'News 1']);
  expect(news.note).toBe(
    `news: 3 items offered of 1 feed; skipped feed 2 (${new URL(server.url).host}): it answered 503`,
  );
});

it('asks no address inside the machine where that is not allowed', async () => {
  const { asked } = server;
  const before = asked.length;
  const news = await read('inside', ['/news'], { publicFetch: createPublicFetch({ allowPrivate: false }) });
  expect(news.items).toEqual([]);
  expect(news.note).toMatch(/skipped feed 1 \(127\.0\.0\.1:\d+\): 127\.0\.0\.1 is not a public address/);
  expect(asked.length).toBe(before);
});

it('has the good items among those of every hostile feed', async () => {
  const hostile = hostileFeeds('http://127.0.0.1:9').map((_feed, at) => `/hostile/${at}`);
  const guarded = createPublicFetch({ allowPrivate: false });
  const news = await read('hostile', [...hostile, '/news'], {
    publicFetch: (url, request, take) => guarded(url, { ...request, trusted: [server.url] }, take),
  });
  expect(titles(news)).toContain('News 3');
  expect(news.note.length).toBeLessThanOrEqual(800);
}, 60_000);
