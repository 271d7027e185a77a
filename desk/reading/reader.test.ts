import { beforeAll, beforeEach, expect, it } from 'vitest';
import { accountFileText, sampleAccount, samplePost } from '../testing/samples.js';
import { useDesk } from '../testing/use-desk.js';
import type { PostStatus } from '../../contract/status.js';
import { makersOf, withoutReviewers } from './reader.js';

/** Who sees what follows the account's file as it is now, whatever the batch kept. */
const ID = 'PublicPost01';
const EARLIER = `${ID}_hero.png`;

const desk = useDesk();
beforeAll(async () => {
  await desk.saveBatch();
  // The picture on the record is of an earlier revision than the one that was published.
  await desk.publish(samplePost(ID), { [`${ID}_hero_2.png`]: new Uint8Array([2]) });
  await desk.storeFile(EARLIER, new Uint8Array([1]));
});
beforeEach(() => write({ record: 'public' }));

const write = (changes: Parameters<typeof sampleAccount>[0]) =>
  desk.writeAccount('harbor', accountFileText(sampleAccount(changes)));

/** Whether a stranger is shown the record: on the page, by the API, and by the files that it links to. */
async function shown(): Promise<boolean[]> {
  const page = await (await desk.get(`/@harbor/posts/${ID}`)).text();
  const document = (await (await desk.get(`/api/posts/${ID}`)).json()) as object;
  const asset = await desk.get(`/assets/${EARLIER}`);
  return [page.includes('Pipeline'), 'costUsd' in document, asset.status === 200];
}
const EVERYWHERE = [true, true, true];
const NOWHERE = [false, false, false];

it('a record that is taken back is shown no more, and one that is opened is', async () => {
  expect(await shown()).toEqual(EVERYWHERE);
  await write({ record: 'desk' });
  expect(await shown()).toEqual(NOWHERE);
  await write({ record: 'public' });
  expect(await shown()).toEqual(EVERYWHERE);
});

it('what the record alone makes public is not kept by a browser', async () => {
  const kept = async (asset: string) => (await desk.get(`/assets/${asset}`)).headers.get('cache-control');
  expect(await kept(EARLIER)).toBe('no-cache');
  expect(await kept(`${ID}_hero_2.png`)).toBe('public, max-age=300');
});

it('a file with a problem leaves it as it was; without a file only the desk sees the record', async () => {
  expect(await shown()).toEqual(EVERYWHERE);
  await desk.writeAccount('harbor', 'record: [');
  expect(await shown()).toEqual(EVERYWHERE);
  await desk.writeAccount('harbor', null);
  expect(await shown()).toEqual(NOWHERE);
  const page = await desk.get(`/@harbor/posts/${ID}`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Made with AI')]);
});

it('name, bio and time zone are those of the file too', async () => {
  await write({ name: 'Harbor Daily', bio: 'Every tide.', timeZone: 'Asia/Tokyo' });
  const read = async (path: string) => (await desk.get(path)).text();
  expect(await read('/')).toContain('Harbor Daily');
  expect(await read('/@harbor')).toContain('Every tide.');
  expect(await read('/@harbor/feed.json')).toContain('Harbor Daily');
  expect(await read(`/@harbor/posts/${ID}`)).toContain('22:18');
});

const post = samplePost('PublicPost01');
const offlineAt = (...steps: string[]) =>
  post.pipeline.map((row) => (steps.includes(row.step) ? { ...row, offline: true as const } : row));

it('names the models that made a post, each once', () => {
  expect(makersOf(post)).toEqual(['gpt-6-luna', 'fal-ai/flux-pro/v1.1-ultra']);
  expect(makersOf({ ...post, pipeline: [...post.pipeline, ...post.pipeline] })).toHaveLength(2);
});

it('names none for what a stand-in made', () => {
  expect(makersOf({ offline: true, pipeline: offlineAt('hero_image') })).toEqual(['gpt-6-luna']);
  expect(makersOf({ offline: true, pipeline: offlineAt('draft', 'hero_image') })).toEqual([]);
  expect(makersOf({ offline: true, pipeline: post.pipeline })).toEqual([]);
});

const noted = {
  ...post,
  pipeline: post.pipeline.map((row) =>
    row.step === 'review' ? { ...row, note: 'gate publish approved by maria' } : row,
  ),
};

it('says what was decided, and neither by whom nor why', () => {
  const shown = withoutReviewers(noted);
  expect(shown.review).toEqual([{ ...post.review[0], by: 'an editor', note: null }]);
  expect(shown.pipeline).toEqual(post.pipeline);
  expect(JSON.stringify(shown)).not.toMatch(/maria|Good\./);
});

it('leaves the rest as it is', () => {
  const { review, pipeline } = noted;
  expect({ ...withoutReviewers(noted), review, pipeline }).toEqual(noted);
});

it('what is out and still tried at a target is as its workflow counts it for the signed-in, and costs strangers no question', async () => {
  const id = 'TriedAgain01';
  const tried = (attempts: number) =>
    samplePost(id, {
      pipeline: samplePost(id).pipeline.map((row) =>
        row.step === 'publish' ? { ...row, state: 'running', attempts } : row,
      ),
    });
  await desk.publish(tried(2));
  desk.running.posts.set(id, tried(7));
  const seen = async (asks: typeof desk.get): Promise<unknown> =>
    ((await (await asks(`/api/posts/${id}`)).json()) as PostStatus).pipeline.findLast(
      ({ step }) => step === 'publish',
    )?.attempts;
  expect([await seen(desk.get), await seen(desk.getSignedIn)]).toEqual([2, 7]);
  expect(await (await desk.getSignedIn(`/desk/posts/${id}`)).text()).toContain('7 attempts');
});
