import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../contract/ids.js';
import type { Archive } from '../archive/archive.js';
import { openArchive } from '../archive/open.js';
import { batchRecord, edition, postRecord } from '../archive/sample-records.js';
import { FEED } from '../../contract/targets/target.js';
import { FeedPublisher, type FeedOptions } from './feed.js';
import type { Publisher } from './publisher.js';
import { publisherContract, type Stage } from './testing/contract.js';

const folder = mkdtempSync(join(tmpdir(), 'copydesk-feed-'));
const batch = batchRecord('Batch0000001', 'ashtalksai');
let archive: Archive;

beforeAll(async () => {
  archive = await openArchive({ databaseUrl: null, folder });
  await archive.migrate();
  await archive.records.saveBatch(batch);
}, 120_000);
afterAll(async () => {
  await archive.close();
  rmSync(folder, { recursive: true, force: true });
});

const feedAt = (time: string): Publisher =>
  new FeedPublisher({ records: archive.records, url: 'https://desk.example', now: () => new Date(time) });

publisherContract('feed', openStage, ['answer', 'goAway', 'credential']);

async function openStage(): Promise<Stage> {
  const { records } = archive;
  const batch = batchRecord('Batch0000002', 'nightferries');
  await records.saveBatch(batch);
  let isLost = false;
  const savePublication: FeedOptions['records']['savePublication'] = async (...given) => {
    const publication = await records.savePublication(...given);
    if (!isLost) return publication;
    isLost = false;
    throw new Error('the archive did not answer');
  };
  const url = 'https://desk.example';
  return {
    publisher: new FeedPublisher({ records: { ...records, savePublication }, url, now: () => new Date() }),
    target: FEED,
    async edition() {
      const post = postRecord(newId(randomInt), batch);
      await records.savePost(post);
      return edition(post);
    },
    count: async (postId) => ((await records.findPublishedPost(postId)) ? 1 : 0),
    twoRevisions: 1,
    faults: {
      loseAnswer() {
        isLost = true;
      },
    },
    close: () => Promise.resolve(),
  };
}

test('a post is published at its page, at the time of now', async () => {
  const post = postRecord('UpkTZ26nc9Eb', batch);
  const publication = await feedAt('2026-11-24T10:00:00Z').publish(edition(post), FEED);
  expect(publication).toEqual({
    target: 'feed',
    url: 'https://desk.example/@ashtalksai/posts/UpkTZ26nc9Eb',
    at: '2026-11-24T10:00:00.000Z',
    removedAt: null,
  });
  await archive.records.savePost(post);
  expect(await archive.records.listPublishedPosts('ashtalksai', { limit: 10 })).toMatchObject([
    { publication, edition: edition(post) },
  ]);
});

test('published again, by a retry after a lost answer, it is the first publication still', async () => {
  const post = postRecord('RetryTZ26nc9', batch);
  const first = await feedAt('2026-11-24T11:00:00Z').publish(edition(post), FEED);
  expect(await feedAt('2026-11-24T12:00:00Z').publish(edition(post), FEED)).toEqual(first);
  await archive.records.savePost(post);
  const published = await archive.records.listPublishedPosts('ashtalksai', { limit: 10 });
  expect(published.filter(({ edition: { postId } }) => postId === 'RetryTZ26nc9')).toHaveLength(1);
});

test('taken back it is in the feed no more, and asked again it is no other time', async () => {
  const post = postRecord('GoneTZ26nc9E', batch, { status: 'published' });
  const publication = await feedAt('2026-11-24T13:00:00Z').publish(edition(post), FEED);
  await archive.records.savePost({ ...post, status: { ...post.status, publications: [publication] } });
  const feed = feedAt('2026-11-24T14:00:00Z');
  expect(await feed.unpublish('GoneTZ26nc9E', publication, FEED)).toBe('2026-11-24T14:00:00.000Z');
  await feedAt('2026-11-24T15:00:00Z').unpublish('GoneTZ26nc9E', publication, FEED);
  const published = await archive.records.listPublishedPosts('ashtalksai', { limit: 10 });
  expect(published.map(({ edition: { postId } }) => postId)).not.toContain('GoneTZ26nc9E');
  expect((await archive.records.findPost('GoneTZ26nc9E'))?.publications).toEqual([
    { ...publication, removedAt: '2026-11-24T14:00:00.000Z' },
  ]);
});
