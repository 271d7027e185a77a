import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { Revision } from '../../../contract/revision.js';
import type { PipelineRow, PostStatus, ReviewEntry } from '../../../contract/status.js';
import type { Archive } from '../archive.js';
import { batchRecord, postRecord } from '../sample-records.js';
import { useArchive } from '../testing/use-archive.js';
import type { PostRecord } from './records.js';

const id = (): string => newId(randomInt);

/** What every archive promises of the revisions of a post. `open` gives one on an empty database. */
export function revisionsContract(name: string, open: () => Promise<Archive>): void {
  describe(`revisions on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    const waiting = (change: Partial<PostStatus> = {}): PostRecord =>
      postRecord(id(), batchRecord(id(), id()), { status: 'awaiting_approval', gate: 'publish', ...change });
    const list = ({ status }: PostRecord): Promise<Revision[]> => archive.records.listRevisions(status.id);

    test('are none of a post that is not known, or that nobody has seen', async () => {
      expect(await archive.records.listRevisions(id())).toEqual([]);
      for (const status of ['drafting', 'illustrating', 'blocked', 'cancelled'] as const) {
        const post = waiting({ status });
        await archive.records.savePost(post);
        expect([status, await list(post)]).toEqual([status, []]);
      }
    });

    test('are what a person saw, once it waits, with who made it and when', async () => {
      const post = waiting({ title: 'Größe 文字', body: null, hashtags: ['a', 'b'] });
      await archive.records.savePost(post);
      await archive.records.savePost(post);
      const { caption, altText } = post.status;
      expect(await list(post)).toEqual([
        {
          revision: 1,
          title: 'Größe 文字',
          body: null,
          caption,
          hashtags: ['a', 'b'],
          altText,
          hero: null,
          clip: null,
          by: 'gpt-6-luna',
          note: null,
          at: '2026-11-24T09:00:00.000Z',
        },
      ]);
    });

    test('have the texts of targets, where there are any', async () => {
      const texts = [{ target: 'pinboard', text: 'Größe 文字', own: true, left: ['the hashtags'] }];
      const post = waiting({ texts });
      await archive.records.savePost(post);
      expect(await list(post)).toMatchObject([{ revision: 1, texts }]);
    });

    test('stay when the next one comes, and say who edited it or what the model was asked', async () => {
      const post = waiting();
      const entry = (
        decision: ReviewEntry['decision'],
        revision: number,
        note: string | null,
      ): ReviewEntry => ({
        decision,
        revision,
        note,
        by: 'mo',
        gate: 'publish',
        at: `2026-11-24T1${revision}:00:00.000Z`,
        counted: true,
      });
      const edit = entry('edit', 1, null);
      const revise = entry('revise', 2, 'plainer');
      const save = (sequence: number, change: Partial<PostStatus>) =>
        archive.records.savePost({ ...post, sequence, status: { ...post.status, ...change } });
      await save(1, { title: 'One' });
      await save(2, { title: 'Two', revision: 2, review: [edit] });
      await save(3, { title: 'Two', revision: 3, review: [edit, revise], status: 'drafting' });
      await save(4, { title: 'Three', revision: 3, review: [edit, revise] });
      expect((await list(post)).map(({ revision, title, by, note }) => [revision, title, by, note])).toEqual([
        [1, 'One', 'gpt-6-luna', null],
        [2, 'Two', 'mo', null],
        [3, 'Three', 'gpt-6-luna', 'plainer'],
      ]);
    });

    test('take what a later record says of the same one, never what an earlier one does', async () => {
      const post = waiting();
      const painted: PipelineRow = {
        ...(post.status.pipeline[1] as PipelineRow),
        asset: `${post.status.id}_hero.png`,
      };
      const status = { ...post.status, pipeline: [post.status.pipeline[0] as PipelineRow, painted] };
      await archive.records.savePost({ ...post, sequence: 3, status });
      await archive.records.savePost({ ...post, sequence: 2 });
      expect(await list(post)).toMatchObject([{ revision: 1, hero: painted.asset }]);
    });

    test('come with a record that carries more of them, also one that comes late', async () => {
      const post = waiting({ revision: 4, title: 'Four' });
      const carried = (revision: number, title: string): Revision => ({
        revision,
        title,
        body: 'B',
        caption: 'C',
        hashtags: ['h'],
        altText: 'A',
        hero: 'h.png',
        clip: null,
        by: 'ana',
        note: null,
        at: '2026-11-24T12:00:00.000Z',
      });
      await archive.records.savePost({ ...post, sequence: 7 });
      await archive.records.savePost({
        ...post,
        sequence: 6,
        revisions: [carried(2, 'Two'), carried(3, 'Three')],
      });
      await archive.records.savePost({
        ...post,
        sequence: 5,
        revisions: [{ ...carried(3, 'Later'), sequence: 8 }],
      });
      expect((await list(post)).map(({ title, by }) => [title, by])).toEqual([
        ['Two', 'ana'],
        ['Later', 'ana'],
        ['Four', 'gpt-6-luna'],
      ]);
    });
  });
}
