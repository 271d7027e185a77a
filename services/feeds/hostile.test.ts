import type { lookup } from 'node:dns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  for (const [path, title] of [
    ['/good', 'Good one'],
    ['/better', 'Better one'],
  ])
    answers.set(String(path), body(rss(item(String(title), String(path)))));
  answers.set(
    '/redirects',
    (_request, response) => void response.writeHead(302, { location: '/redirects' }).end(),
  );
  server = await startFeedServer(answers);
  const guarded = createPublicFetch({ allowPrivate: false });
  publicFetch = (url, request, read) => guarded(url, { ...request, trusted: [server.url] }, read);
});
afterAll(() => Promise.all([server.close(), inside.close()]));

const read = (
  paths: readonly string[],
  change: Partial<Parameters<typeof readFeeds>[1]> = {},
): Promise<FeedsRead> =>
  readFeeds(
    paths.map((path) => `${server.url}${path}`),
    {
      ...{ publicFetch, known: new Map(), most: 20, now, limits },
      signal: new AbortController().signal,
      ...change,
    },
  );

it('has over thirty feeds that are broken or meant to hurt', () => {
  expect(feeds.length).toBeGreaterThan(30);
  expect(new Set(feeds.map(({ name }) => name)).size).toBe(feeds.length);
});

describe('each hostile feed', () => {
  it('gives its good items, or the reason why it is skipped', async () => {
    for (const [at, feed] of feeds.entries()) {
      const { items, skipped } = await read([`/${at}`], {
        limits: { ...limits, ms: feed.isSlow ? 300 : limits.ms },
      });
      if (feed.comes instanceof RegExp) {
        expect.soft(skipped.map(({ reason }) => reason).join() || items, feed.name).toMatch(feed.comes);
      } else {
        expect.soft([items.map(({ title }) => title), skipped], feed.name).toEqual([feed.comes, []]);
      }
    }
    expect(inside.asked).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  }, 60_000);
});

it('all together leave the good ones in hand, and ask nothing inside', async () => {
  const hostile = feeds.map((_feed, at) => `/${at}`);
  const { items, skipped } = await read([...hostile, '/good', '/better'], { most: 200 });
  const titles = items.map(({ title }) => title);
  expect(titles).toEqual(expect.arrayContaining(['Good one', 'Better one']));
  expect(skipped.length).toBe(feeds.filter(({ comes }) => comes instanceof RegExp).length);
  for (const { url, title, summary } of items) {
    expect(url).toMatch(/^https?:\/\//);
    expect(title.length).toBeLessThanOrEqual(200);
    expect(`${title}${summary}`).not.toMatch(/[\p{Cc}\u202e\u200b]/u);
  }
  expect(inside.asked).toEqual([]);
}, 60_000);

it('leave room for the good ones where all the time is theirs', async () => {
  const slow = feeds.flatMap(({ isSlow }, at) => (isSlow ? [`/${at}`] : []));
  const many = Array.from({ length: 7 }, () => slow)
    .flat()
    .map((path, at) => `${path}?${at}`);
  const paths = [...many, '/good'];
  const { items } = await read(paths, { limits: { ...limits, totalMs: 6_000, together: 2 } });
  expect(items.map(({ title }) => title)).toEqual(['Good one']);
}, 60_000);

it('of a name that means an address inside is not asked for', async () => {
  const names: string[] = [];
  const resolve = ((name: string, _options: object, done: (error: null, all: object[]) => void) => {
    names.push(name);
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  }) as unknown as typeof lookup;
  const { port } = new URL(inside.url);
  const signal = new AbortController().signal;
  const urls = [`http://feeds.example:${port}/`, `https://feeds.example:${port}/`, inside.url];
  const { items, skipped } = await readFeeds(urls, {
    ...{ publicFetch: createPublicFetch({ allowPrivate: false, resolve }), known: new Map(), most: 20 },
    ...{ now, limits, signal },
  });
  expect(items).toEqual([]);
  expect
    .soft(skipped.map(({ reason }) => reason))
    .toEqual([
      expect.stringContaining('feeds.example (127.0.0.1) is not a public address'),
      expect.stringContaining('feeds.example (127.0.0.1) is not a public address'),
      expect.stringContaining('127.0.0.1 is not a public address'),
    ]);
  expect(names).toEqual(['feeds.example', 'feeds.example']);
  expect(inside.asked).toEqual([]);
});
