import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { Archive } from '../archive.js';
import { useArchive } from '../testing/use-archive.js';
import { publish } from './testing/publish.js';

const id = (): string => newId(randomInt);
const at = (minute: number): string => `2026-11-24T10:${String(minute).padStart(2, '0')}:00.000Z`;

/** What every archive promises of the meaning of posts. `open` gives one on an empty database. */
export function embeddingsContract(name: string, open: () => Promise<Archive>): void {
  describe(`the meaning of posts on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    const find = async (account: string, question: string, model: string, vector: readonly number[]) =>
      (
        await archive.postSearch.find({
          account,
          language: 'en',
          question,
          embedding: { model, vector },
          limit: 6,
        })
      ).map(({ postId }) => postId);

    test('what is not embedded by this model is listed, the newest first, with what its readers see', async () => {
      const account = id();
      const said = { title: 'A lighthouse', body: 'By the sea.', hashtags: ['OpenSea'], brief: 'zeppelin' };
      const older = await publish(archive, account, said, { at: at(1) });
      const newer = await publish(archive, account, { title: 'A windmill' }, { at: at(2) });
      const gone = await publish(archive, account, { title: 'A kettle' }, { at: at(3) });
      await archive.records.unpublishPost({ postId: gone, by: 'ada', reason: null, at: at(4) });
      const list = async (model: string, limit = 9) =>
        (await archive.postSearch.listUnembedded(account, model, limit)).map(({ postId }) => postId);
      expect(await list('m')).toEqual([newer, older]);
      expect(await list('m', 1)).toEqual([newer]);
      const [, listed] = await archive.postSearch.listUnembedded(account, 'm', 9);
      expect(listed?.text).toMatch(/^A lighthouse\n\nBy the sea\.\n\s*OpenSea Open Sea/);
      expect(listed?.text).not.toContain('zeppelin');
      await archive.postSearch.saveEmbeddings('m', [{ postId: newer, vector: [1, 0] }]);
      expect(await list('m')).toEqual([older]);
      expect(await list('another')).toEqual([newer, older]);
      await archive.postSearch.saveEmbeddings('another', [{ postId: newer, vector: [1, 0] }]);
      expect(await list('m'), 'a post has one vector').toEqual([newer, older]);
    });

    test('a post is found by its meaning alone, the nearest first, and only by a vector of the same model', async () => {
      const account = id();
      const [near, nearest, far] = [
        await publish(archive, account, { title: 'A lighthouse' }),
        await publish(archive, account, { title: 'A windmill' }),
        await publish(archive, account, { title: 'A kettle' }),
      ];
      const vectors = [
        { postId: near, vector: [1, 1, 0] },
        { postId: nearest, vector: [9, 1, 0] },
        { postId: far, vector: [0, 0, 1] },
        { postId: far, vector: [0, 1, 0.1] },
      ];
      await archive.postSearch.saveEmbeddings('m', vectors);
      await archive.postSearch.saveEmbeddings('m', []);
      expect(await find(account, 'sourdough', 'm', [5, 0, 0])).toEqual([nearest, near]);
      expect(await find(account, 'sourdough', 'another', [5, 0, 0])).toEqual([]);
      expect(await find(account, 'sourdough', 'm', [5, 0]), 'of another length').toEqual([]);
      expect(await find(account, 'sourdough', 'm', [0, 0, 0])).toEqual([]);
      await archive.records.unpublishPost({ postId: nearest, by: 'ada', reason: null, at: at(4) });
      expect(await find(account, 'sourdough', 'm', [5, 0, 0])).toEqual([near]);
    });

    test('what is found by words and by meaning comes first', async () => {
      const account = id();
      const words = await publish(archive, account, { title: 'A kettle, a kettle' });
      const both = await publish(archive, account, { title: 'A boiler', body: 'It is no kettle.' });
      const meaning = await publish(archive, account, { title: 'A pot' });
      const vectors = [
        { postId: meaning, vector: [1, 0] },
        { postId: both, vector: [1, 0.5] },
      ];
      await archive.postSearch.saveEmbeddings('m', vectors);
      const found = await find(account, 'Which kettle?', 'm', [1, 0]);
      expect(found[0]).toBe(both);
      expect(new Set(found)).toEqual(new Set([both, words, meaning]));
    });

    test('a vector that has no direction is not kept', async () => {
      const account = id();
      const postId = await publish(archive, account, { title: 'A lighthouse' });
      const vectors = [[], [0, 0], [Number.NaN, 1], [Infinity, 1]];
      await archive.postSearch.saveEmbeddings(
        'm',
        vectors.map((vector) => ({ postId, vector })),
      );
      expect(await archive.postSearch.listUnembedded(account, 'm', 9)).toMatchObject([{ postId }]);
    });
  });
}
