import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { PublishedEdit } from '../../../contract/edit.js';
import { newId } from '../../../contract/ids.js';
import type { PipelineRow } from '../../../contract/status.js';
import type { Archive } from '../archive.js';
import { batchRecord, postRecord, recordedEdition } from '../sample-records.js';
import { useArchive } from '../testing/use-archive.js';

const FEED = { target: 'feed', url: 'https://desk.example/1', at: '2026-11-24T10:00:00.000Z' };
const id = (): string => newId(randomInt);

/** What every archive promises of an edit after publication. `open` gives one on an empty database. */
export function editContract(name: string, open: () => Promise<Archive>): void {
  describe(`a published post that is edited, on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    async function published() {
      const batch = batchRecord(id(), id());
      const record = postRecord(id(), batch, { status: 'published', publishedAt: FEED.at });
      const made = record.status.pipeline[0] as PipelineRow;
      const rows = ['bluesky', 'mastodon'].map((target): PipelineRow => ({
        ...made,
        step: 'publish',
        target,
      }));
      const pipeline = [...record.status.pipeline, ...rows];
      const post = { ...record, status: { ...record.status, pipeline } };
      await archive.records.saveBatch(batch);
      await archive.records.savePost(post);
      await archive.records.savePublication(recordedEdition(post), FEED);
      return post;
    }
    const editOf = (postId: string, revision: number): PublishedEdit => ({
      ...{ postId, revision, by: 'ana', at: `2026-11-25T0${revision}:00:00.000Z` },
      ...{
        title: `The ${revision}.`,
        body: 'Zeppelins.',
        caption: `Caption ${revision}.`,
        hashtags: [],
        altText: 'A',
      },
      checks: [],
    });
    const find = async (account: string, question: string) =>
      (await archive.postSearch.find({ account, language: 'en', question, embedding: null, limit: 5 }))
        .length;

    test('shows the newest edit everywhere, whichever comes first and however often', async () => {
      const post = await published();
      const { id: postId, account } = post.status;
      expect(await find(account, 'zeppelins')).toBe(0);
      for (const revision of [3, 2, 3]) await archive.records.saveEdit(editOf(postId, revision));
      // Its own workflow's last record may come late.
      await archive.records.savePost(post);
      const now = { title: 'The 3.', caption: 'Caption 3.', revision: 3 };
      const status = await archive.records.findPost(postId);
      expect(status).toMatchObject({ ...now, status: 'published' });
      expect(status?.review.map(({ revision }) => revision)).toEqual([1, 2]);
      expect((await archive.records.findPublishedPost(postId))?.edition).toMatchObject(now);
      expect((await archive.records.listPosts({ account })).posts).toMatchObject([
        { title: 'The 3.', revision: 3 },
      ]);
      const revisions = await archive.records.listRevisions(postId);
      expect(revisions.map(({ revision, title, by }) => [revision, title, by])).toEqual([
        [1, post.status.title, 'gpt-6-luna'],
        [2, 'The 2.', 'ana'],
        [3, 'The 3.', 'ana'],
      ]);
      expect(await find(account, 'zeppelins')).toBe(1);
    });

    test('says on a target’s row what it made of the newest edit', async () => {
      const { status } = await published();
      const postId = status.id;
      const tell = (revision: number, reason: string | null) =>
        archive.records.saveTargetEdit({ postId, target: 'mastodon', revision, reason });
      await tell(2, null);
      await tell(3, 'it; or another');
      await tell(2, null);
      expect((await archive.records.findPost(postId))?.pipeline.at(-1)?.note).toBe(
        'revision 3: it keeps the text of before: it; or another',
      );
    });

    test('must be out', async () => {
      const { status } = await published();
      await archive.records.unpublishPost({ postId: status.id, by: 'mo', reason: null, at: FEED.at });
      expect(await archive.records.saveEdit(editOf(status.id, 2))).toBeNull();
      expect(await archive.records.saveEdit(editOf(id(), 2))).toBeNull();
      expect((await archive.records.findPost(status.id))?.title).toBe(status.title);
    });
  });
}
