import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../contract/ids.js';
import type { Archive } from '../archive/archive.js';
import { batchRecord, recordedEdition, postRecord } from '../archive/sample-records.js';
import { borrowArchive } from '../../test/servers/borrow.js';
import { FEED } from '../../contract/targets/target.js';
import { FeedPublisher, type FeedOptions } from './feed.js';
import type { Publisher } from './publisher.js';
import { publisherContract, type Stage } from './testing/contract.js';

const DESK = 'https://desk.example';
const batch = batchRecord('Batch0000001', 'ashtalksai');
let archive: Archive;

beforeAll(async () => {
  archive = await borrowArchive();
  await archive.records.saveBatch(batch);
}, 120_000);
afterAll(() => archive.close());

const feedAt = (time: string): Publisher =>
  new FeedPublisher({ records: archive.records, url: DESK, now: () => new Date(time) });

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
  return {
    publisher: new FeedPublisher({
      records: { ...records, savePublication },
      url: DESK,
      now: () => new Date(),
    }),
    target: FEED,
    async edition() {
      const post = postRecord(newId(randomInt), batch);
      await records.savePost(post);
      return recordedEdition(post);
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

/** What of a post stands in the feed. */
const published = async (postId: string) => {
  const all = await archive.records.listPublishedPosts('ashtalksai', { limit: 10 });
  return all.filter(({ edition }) => edition.postId === postId);
};

test('a post is published at its page, at the time of now', async () => {
  const post = postRecord('UpkTZ26nc9Eb', batch);
  const publication = await feedAt('2026-11-24T10:00:00Z').publish(recordedEdition(post), FEED);
  const url = `${DESK}/@ashtalksai/posts/UpkTZ26nc9Eb`;
  expect(publication).toEqual({ target: 'feed', url, at: '2026-11-24T10:00:00.000Z', removedAt: null });
  await archive.records.savePost(post);
  expect(await published('UpkTZ26nc9Eb')).toMatchObject([{ publication, edition: recordedEdition(post) }]);
});

test('published again, by a retry after a lost answer, it is the first publication still', async () => {
  const post = postRecord('RetryTZ26nc9', batch);
  const first = await feedAt('2026-11-24T11:00:00Z').publish(recordedEdition(post), FEED);
  expect(await feedAt('2026-11-24T12:00:00Z').publish(recordedEdition(post), FEED)).toEqual(first);
  await archive.records.savePost(post);
  expect(await published('RetryTZ26nc9')).toHaveLength(1);
});

test('taken back it is in the feed no more, and asked again it is no other time', async () => {
  const post = postRecord('GoneTZ26nc9E', batch, { status: 'published' });
  const publication = await feedAt('2026-11-24T13:00:00Z').publish(recordedEdition(post), FEED);
  await archive.records.savePost({ ...post, status: { ...post.status, publications: [publication] } });
  const removedAt = '2026-11-24T14:00:00.000Z';
  expect(await feedAt(removedAt).unpublish('GoneTZ26nc9E', publication, FEED)).toBe(removedAt);
  await feedAt('2026-11-24T15:00:00Z').unpublish('GoneTZ26nc9E', publication, FEED);
  expect(await published('GoneTZ26nc9E')).toEqual([]);
  const found = await archive.records.findPost('GoneTZ26nc9E');
  expect(found?.publications).toEqual([{ ...publication, removedAt }]);
});
