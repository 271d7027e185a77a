import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPublicFetch, type PublicFetch } from '../public-fetch.js';
import { readFeeds, type FeedLimits, type FeedsRead } from './read-feeds.js';
import { body, item, rss, startFeedServer, type FeedAnswer, type FeedServer } from './testing/feed-server.js';
import { hostileFeeds, type HostileFeed } from './testing/hostile-feeds.js';

const now = new Date('2026-11-26T09:00:00Z');
const limits: FeedLimits = { bytes: 1_000_000, ms: 4_000, totalMs: 40_000, together: 8 };

let feeds: HostileFeed[];
let server: FeedServer;
/** What must never be asked for. */
let inside: FeedServer;
let publicFetch: PublicFetch;
beforeAll(async () => {
  inside = await startFeedServer(new Map([['/', body(rss(item('Secret', 'secret')))]]));
  feeds = hostileFeeds(inside.url);
  const answers = new Map<string, FeedAnswer>(feeds.map(({ answer }, at) => [`/${at}`, answer]));
  answers.set('/good', body(rss(item('Good one', 'good'))));
  const location = '/redirects';
  answers.set(location, (_request, response) => void response.writeHead(302, { location }).end());
  server = await startFeedServer(answers);
  const guarded = createPublicFetch({ allowPrivate: false });
  publicFetch = (url, request, read) => guarded(url, { ...request, trusted: [server.url] }, read);
});
afterAll(() => Promise.all([server.close(), inside.close()]));

const signal = new AbortController().signal;
const read = (paths: readonly string[], change: Partial<FeedLimits> = {}): Promise<FeedsRead> =>
  readFeeds(
    paths.map((path) => `${server.url}${path}`),
    { publicFetch, known: new Map(), most: 20, now, limits: { ...limits, ...change }, signal },
  );

it('has over fifty feeds that are broken or meant to hurt', () => {
  expect(new Set(feeds.map(({ name }) => name)).size).toBe(feeds.length);
  expect(feeds.length).toBeGreaterThan(50);
});

it('each hostile feed gives its good items, or the reason why it is skipped', async () => {
  for (const [at, { name, comes, isSlow }] of feeds.entries()) {
    const { items, skipped } = await read([`/${at}`], isSlow ? { ms: 300 } : {});
    if (comes instanceof RegExp)
      expect.soft(skipped.map(({ reason }) => reason).join() || items, name).toMatch(comes);
    else expect.soft([items.map(({ title }) => title), skipped], name).toEqual([comes, []]);
    for (const { url, title, summary } of items) {
      expect.soft(url, name).toMatch(/^https?:\/\//);
      expect.soft(title.length, name).toBeLessThanOrEqual(200);
      expect.soft(`${title}${summary}`, name).not.toMatch(/[\p{Cc}\u202e\u200b]/u);
    }
  }
  expect(inside.asked).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

it('the hostile leave the good ones in hand where all are read together', async () => {
  const { items, skipped } = await readFeeds(
    [...feeds.map((_feed, at) => `${server.url}/${at}`), `${server.url}/good`],
    { publicFetch, known: new Map(), most: 200, now, limits, signal },
  );
  expect(items.map(({ title }) => title)).toContain('Good one');
  expect(skipped.length).toBe(feeds.filter(({ comes }) => comes instanceof RegExp).length);
  expect(inside.asked).toEqual([]);
});

it('leave room for the good ones where all the time is theirs', async () => {
  const slow = feeds.flatMap(({ isSlow }, at) => (isSlow ? [`/${at}`] : []));
  const many = Array.from({ length: 7 * slow.length }, (_, at) => `${slow[at % slow.length]}?${at}`);
  const { items } = await read([...many, '/good'], { totalMs: 6_000, together: 2 });
  expect(items.map(({ title }) => title)).toEqual(['Good one']);
});
