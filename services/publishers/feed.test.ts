import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Archive } from '../archive/archive.js';
import { openArchive } from '../archive/open.js';
import { batchRecord, edition, postRecord } from '../archive/sample-records.js';
import type { Publisher } from './publisher.js';
import { publishersFor } from './registry.js';

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
  publishersFor({ records: archive.records, url: 'https://desk.example', now: () => new Date(time) })[
    'feed'
  ]!;

test('a post is published at its page, at the time of now', async () => {
  const post = postRecord('UpkTZ26nc9Eb', batch);
  const publication = await feedAt('2026-11-24T10:00:00Z').publish(edition(post));
  expect(publication).toEqual({
    target: 'feed',
    url: 'https://desk.example/@ashtalksai/posts/UpkTZ26nc9Eb',
    at: '2026-11-24T10:00:00.000Z',
  });
  await archive.records.savePost(post);
  expect(await archive.records.listPublishedPosts('ashtalksai', { limit: 10 })).toMatchObject([
    { publication, edition: edition(post) },
  ]);
});

test('published again, by a retry after a lost answer, it is the first publication still', async () => {
  const post = postRecord('RetryTZ26nc9', batch);
  const first = await feedAt('2026-11-24T11:00:00Z').publish(edition(post));
  expect(await feedAt('2026-11-24T12:00:00Z').publish(edition(post))).toEqual(first);
  await archive.records.savePost(post);
  const published = await archive.records.listPublishedPosts('ashtalksai', { limit: 10 });
  expect(published.filter(({ edition: { postId } }) => postId === 'RetryTZ26nc9')).toHaveLength(1);
});

test('the registry names each publisher by its target', () => {
  const publishers = publishersFor({
    records: archive.records,
    url: 'https://desk.example',
    now: () => new Date(0),
  });
  expect(Object.entries(publishers).map(([name, { target }]) => [name, target])).toEqual([['feed', 'feed']]);
});
