import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { Archive } from '../archive.js';
import { batchRecord, postRecord } from '../sample-records.js';
import { useArchive } from '../testing/use-archive.js';
import { publish } from './testing/publish.js';

const id = (): string => newId(randomInt);
const handle = (): string => id().toLowerCase();
const AT = '2026-11-25T10:00:00.000Z';

/** What every archive promises of the search for posts. `open` gives one on an empty database. */
export function findContract(name: string, open: () => Promise<Archive>): void {
  describe(`the search for posts on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    const found = (account: string, question: string, language = 'en', limit = 6) =>
      archive.postSearch.find({ account, language, question, embedding: null, limit });
    const find = async (...args: Parameters<typeof found>): Promise<string[]> =>
      (await found(...args)).map(({ postId }) => postId);

    test('finds a post by each text that its readers see, as it was published, and by nothing else', async () => {
      const account = handle();
      const change = {
        title: 'Leaderboards agree',
        body: 'Chess engines.',
        caption: 'A quiet lighthouse.',
        hashtags: ['OpenWeights'],
        altText: 'A copper kettle',
        brief: 'zeppelin',
        specialMessage: 'zeppelin',
        plan: {
          topic: 'zeppelin',
          angle: 'zeppelin',
          rationale: 'zeppelin',
          newsPeg: null,
          button: 'zeppelin',
        },
      };
      const postId = await publish(archive, account, change, { at: AT });
      for (const word of ['leaderboard', 'engine', 'lighthouse', 'weights', 'openweights', 'kettles'])
        expect(await find(account, `What about the ${word}?`), word).toEqual([postId]);
      expect(await find(account, 'What about the zeppelin?')).toEqual([]);
      const { title, body, caption, hashtags, altText } = change;
      expect(await found(account, 'leaderboards')).toEqual([
        {
          postId,
          title,
          body,
          caption,
          hashtags,
          altText,
          url: `https://desk.example/${postId}`,
          at: AT,
        },
      ]);
    });

    test('finds no post that is not public now, and one that was taken back no more', async () => {
      const account = handle();
      const post = { title: 'A lighthouse' };
      const [stays, gone, removed] = [
        await publish(archive, account, post),
        await publish(archive, account, post),
        await publish(archive, account, post),
      ];
      await publish(archive, account, post, { target: 'bluesky' });
      await publish(archive, handle(), post);
      await archive.records.savePost(
        postRecord(id(), batchRecord(id(), account), { ...post, status: 'scheduled' }),
      );
      expect(new Set(await find(account, 'lighthouse'))).toEqual(new Set([stays, gone, removed]));
      await archive.records.unpublishPost({ postId: gone, by: 'ada', reason: null, at: AT });
      await archive.records.saveRemoval(removed, { target: 'feed', removedAt: AT, reason: null });
      expect(await find(account, 'lighthouse')).toEqual([stays]);
    });

    test('puts the title before the text, rare words before common ones, and keeps to the limit', async () => {
      const account = handle();
      const common = [];
      for (let n = 0; n < 8; n += 1)
        common.push(
          await publish(archive, account, { title: `Number ${n}`, body: 'Every model has a harbour.' }),
        );
      const inText = await publish(archive, account, { title: 'On paper', body: 'A model of a windmill.' });
      const inTitle = await publish(archive, account, { title: 'The windmill', body: 'A model on paper.' });
      expect((await find(account, 'Which models have windmills?')).slice(0, 2)).toEqual([inTitle, inText]);
      expect(await find(account, 'Which models have windmills?', 'en', 3)).toHaveLength(3);
      expect(await find(account, 'harbours', 'en', 50)).toHaveLength(common.length);
    });

    test.each([
      ['en', 'Running models', 'Who ran a model that runs?'],
      ['en-GB', 'Running models', 'Who runs a MODEL?'],
      ['de', 'Die Häuser am Meer', 'Wo steht das Haus?'],
      ['pt-BR', 'Os modelos abertos', 'E o modelo aberto?'],
      ['fr', 'Les modèles ouverts', 'Quel modèle ouvert ?'],
      ['es', 'Los modelos abiertos', '¿Qué modelo es abierto?'],
      ['it', 'I modelli aperti', 'Quale modello è aperto?'],
      ['nl', 'De open modellen', 'Welk model is open?'],
      ['pl', 'Modele otwarte', 'Jakie są MODELE?'],
      ['ja', '大規模言語モデルの評価', '言語モデルはどうですか'],
      ['zh-Hant', '開放模型的未來', '模型呢？'],
    ])('finds words of %s in another form', async (language, title, question) => {
      const account = handle();
      const postId = await publish(archive, account, { title });
      await publish(archive, account, { title: '1984' });
      expect(await find(account, question, language)).toEqual([postId]);
    });

    test('reads the posts once more where the account changes its language', async () => {
      const account = handle();
      const postId = await publish(archive, account, { title: 'Die Häuser' });
      expect(await find(account, 'ein Haus', 'en')).toEqual([]);
      expect(await find(account, 'ein Haus', 'de')).toEqual([postId]);
    });

    test('finds nothing for a question of other things, or of no words at all', async () => {
      const account = handle();
      for (let n = 0; n < 30; n += 1)
        await publish(archive, account, { title: `Number ${n}`, body: 'Every model has a benchmark.' });
      await publish(archive, account, { title: 'A windmill', body: 'Every model has a benchmark.' });
      const asked = [
        'Which sourdough bread rises best?',
        'Which model bakes sourdough bread in a clay oven?',
        'What do you think?',
        'the of and',
        '?!',
        '',
        '\u0000\ud83d',
      ];
      for (const question of asked) expect(await find(account, question), question).toEqual([]);
      expect(await find(id(), 'windmill')).toEqual([]);
      expect(await find(account, 'Would a windmill bake bread?')).toHaveLength(1);
    });

    test('finds loosely what has some word of the question, and nothing that has none', async () => {
      const account = handle();
      const postId = await publish(archive, account, { title: 'A windmill' });
      const loosely = (question: string) =>
        archive.postSearch.find({
          ...{ account, language: 'en', question, embedding: null, limit: 3, isLoose: true },
        });
      const question =
        'Which windmill grinds barley, oats, millet, sorghum, spelt, emmer or buckwheat flour?';
      expect(await find(account, question)).toEqual([]);
      expect((await loosely(question)).map((post) => post.postId)).toEqual([postId]);
      expect(await loosely('Which sourdough bread rises best?')).toEqual([]);
    });

    test('takes whatever signs a question has for words', async () => {
      const account = handle();
      const postId = await publish(archive, account, {
        title: "O'Reilly's c:\\temp\\notes.txt & <b>bold</b> a:* | !b",
      });
      const asked = [
        "O'Reilly's",
        "'; drop table post_words; --",
        'c:\\temp\\notes.txt',
        'bold:* & !nothing | (',
        '%_\\',
      ];
      for (const question of asked) await find(account, question);
      expect(await find(account, 'c:\\temp\\notes.txt')).toEqual([postId]);
      expect(await find(account, 'bold:*')).toEqual([postId]);
    });

    test('finds the posts of an archive that was imported', async () => {
      const account = handle();
      const postId = await publish(archive, account, { title: 'A lighthouse' });
      expect(await find(account, 'lighthouse')).toEqual([postId]);
      const other = await open();
      await other.migrate();
      await other.transfer.load(archive.transfer.dump());
      const posts = await other.postSearch.find({
        account,
        language: 'en',
        question: 'lighthouse',
        embedding: null,
        limit: 6,
      });
      expect(posts.map((post) => post.postId)).toEqual([postId]);
      await other.close();
    });

    test('answers several who ask at once about posts that nobody asked about before', async () => {
      const account = handle();
      const ids = new Set<string>();
      for (let n = 0; n < 20; n += 1) ids.add(await publish(archive, account, { title: 'A lighthouse' }));
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, n) => find(account, 'lighthouse', n % 2 ? 'en' : 'de', 50)),
      );
      for (const answer of answers) expect(new Set(answer)).toEqual(ids);
    });
  });
}
