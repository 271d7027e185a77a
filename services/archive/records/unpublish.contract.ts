import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { PipelineRow } from '../../../contract/status.js';
import type { Archive } from '../archive.js';
import { batchRecord, recordedEdition, postRecord } from '../sample-records.js';
import type { ArchiveLine } from '../transfer/transfer.js';
import { useArchive } from '../testing/use-archive.js';
import type { PostRecord } from './records.js';

const id = (): string => newId(randomInt);
const handle = (): string => id().toLowerCase();
const AT = '2026-11-25T08:00:00.000Z';
const GONE = '2026-11-25T08:00:01.000Z';
const FEED = { target: 'feed', url: 'https://desk.example/1', at: '2026-11-24T10:00:00.000Z' };
const SOCIAL = { target: 'bluesky', url: 'https://social.example/1', at: '2026-11-24T10:00:01.000Z' };

/** What every archive promises of a post that is taken back. `open` gives one on an empty database. */
export function unpublishContract(name: string, open: () => Promise<Archive>): void {
  describe(`a post taken back, on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    /** A post that is out at two targets. */
    async function published(): Promise<PostRecord> {
      const batch = batchRecord(id(), handle());
      const { status } = postRecord(id(), batch, { status: 'published', publishedAt: FEED.at });
      const row = {
        ...(status.pipeline[0] as PipelineRow),
        step: 'publish',
        target: 'bluesky',
        note: 'at last',
      } as const;
      const publications = [FEED, SOCIAL].map((one) => ({ ...one, removedAt: null }));
      const post = {
        sequence: 4,
        charges: [],
        status: { ...status, publications, pipeline: [...status.pipeline, row] },
      };
      await archive.records.saveBatch(batch);
      await archive.records.savePost(post);
      await archive.records.savePublication(recordedEdition(post), FEED);
      return post;
    }
    const takeBack = ({ status }: PostRecord, by = 'mo', at = AT) =>
      archive.records.unpublishPost({ postId: status.id, by, reason: 'the figures were wrong', at });

    test('has the state, and says who took it back and why; repeated it stays as it was', async () => {
      const post = await published();
      const after = await takeBack(post);
      expect(after).toEqual({
        ...post.status,
        status: 'unpublished',
        review: [
          {
            decision: 'unpublish',
            by: 'mo',
            revision: 1,
            gate: null,
            at: AT,
            counted: true,
            note: 'the figures were wrong',
          },
        ],
      });
      expect(await takeBack(post, 'ana', GONE)).toEqual(after);
      expect(await archive.records.findPost(post.status.id)).toEqual(after);
      expect(await archive.records.isUnpublished(post.status.id)).toBe(true);
    });

    test('is on no page and in no feed any more, but on the list', async () => {
      const post = await published();
      const { id: postId, account } = post.status;
      expect(await archive.records.findPublishedPost(postId)).not.toBeNull();
      await takeBack(post);
      expect(await archive.records.findPublishedPost(postId)).toBeNull();
      expect(await archive.records.listPublishedPosts(account, { limit: 5 })).toEqual([]);
      expect((await archive.records.listPosts({ account })).posts).toMatchObject([
        { id: postId, status: 'unpublished' },
      ]);
    });

    test('does not come back with a late record of its own workflow', async () => {
      const post = await published();
      await takeBack(post);
      await archive.records.savePost(post);
      expect((await archive.records.findPost(post.status.id))?.status).toBe('unpublished');
    });

    test('tells which targets are rid of it, and why another one keeps it, each once', async () => {
      const post = await published();
      const { id: postId } = post.status;
      await takeBack(post);
      const kept = { target: 'bluesky', removedAt: null, reason: 'it is pinned' };
      for (let times = 0; times < 2; times += 1) {
        await archive.records.saveRemoval(postId, { target: 'feed', removedAt: GONE, reason: null });
        await archive.records.saveRemoval(postId, kept);
        await archive.records.saveRemoval(postId, {
          target: 'feed',
          removedAt: '2027-01-01T00:00:00.000Z',
          reason: null,
        });
      }
      const after = await archive.records.findPost(postId);
      expect(after?.publications).toEqual([
        { ...FEED, removedAt: GONE },
        { ...SOCIAL, removedAt: null },
      ]);
      expect(after?.pipeline.at(-1)?.note).toBe('at last; bluesky keeps it: it is pinned');
      await archive.records.saveRemoval(postId, { target: 'bluesky', removedAt: GONE, reason: null });
      expect((await archive.records.findPost(postId))?.publications[1]?.removedAt).toBe(GONE);
      expect(await archive.records.savePublication(recordedEdition(post), FEED)).toEqual({
        ...FEED,
        removedAt: GONE,
      });
    });

    test('must have been published, and be there', async () => {
      const post = await published();
      const waiting = postRecord(id(), batchRecord(id(), handle()), { status: 'awaiting_approval' });
      await archive.records.savePost(waiting);
      expect(await takeBack(waiting)).toEqual(waiting.status);
      expect(await archive.records.isUnpublished(waiting.status.id)).toBe(false);
      expect(await archive.records.isUnpublished(post.status.id)).toBe(false);
      expect(await archive.records.isUnpublished(id())).toBe(false);
      expect(
        await archive.records.unpublishPost({ postId: id(), by: 'mo', reason: null, at: AT }),
      ).toBeNull();
      expect(
        await archive.records.saveRemoval(id(), { target: 'feed', removedAt: AT, reason: null }),
      ).toBeNull();
    });

    test('is taken back where a dump of it is loaded, also where it was still out', async () => {
      const post = await published();
      const { id: postId } = post.status;
      const before = await linesOf(archive);
      await takeBack(post);
      await archive.records.saveRemoval(postId, { target: 'feed', removedAt: GONE, reason: null });
      const lines = await linesOf(archive);
      const other = await open();
      await other.migrate();
      await other.transfer.load(before);
      expect(await other.records.findPublishedPost(postId)).not.toBeNull();
      await other.transfer.load(lines);
      await other.transfer.load(before);
      expect(await linesOf(other)).toEqual(lines);
      expect(await other.records.isUnpublished(postId)).toBe(true);
      await other.close();
    });
  });
}

async function linesOf(archive: Archive): Promise<ArchiveLine[]> {
  const lines: ArchiveLine[] = [];
  for await (const line of archive.transfer.dump()) lines.push(line);
  return lines;
}
