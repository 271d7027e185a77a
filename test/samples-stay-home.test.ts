/** What a stand-in made goes to the account's own page alone, unless the account says otherwise; then each text says so. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { targetsNamed } from '../contract/targets/testing/named.js';
import { paper, type Paper } from '../services/publishers/testing/paper.js';
import { accountWith } from './batch-input.js';
import { rowsOf, startHarness, type Harness } from './harness.js';

let desk: Harness;
let social: Paper;
beforeAll(async () => {
  desk = await startHarness();
}, 60_000);
beforeEach(() => {
  social = paper('social');
  Object.assign(desk.services.publishers, { social });
});
afterAll(() => desk?.close(), 60_000);

async function approved(samples: 'home' | 'publish' | undefined, ...targets: string[]): Promise<string> {
  const { id } = await desk.waitingPost(
    'hero_text',
    await accountWith({ samples, targets: targetsNamed(...targets) }),
  );
  await desk.review(id, { decision: 'approve', by: 'mo' });
  return id;
}

it.each([undefined, 'home'] as const)(
  'a sample of an account with samples: %s goes to the feed alone',
  async (samples) => {
    const post = await desk.postEnd(await approved(samples, 'social', 'feed'));
    expect(post).toMatchObject({ status: 'published', offline: true, publications: [{ target: 'feed' }] });
    expect(rowsOf(post, 'publish')).toMatchObject([
      { target: 'social', state: 'skipped', attempts: 0, note: 'skipped: sample' },
      { target: 'feed', state: 'done' },
    ]);
    expect(social.printed).toEqual([]);
  },
);

it('a sample of an account without a page waits for a person, told what mends it', async () => {
  const id = await approved('home', 'social');
  const post = await desk.postUntil(id, ({ status }) => status === 'blocked');
  expect(post.error).toMatchObject({
    type: 'Sample.StaysHome',
    message: expect.stringContaining('samples: publish') as string,
  });
  expect(social.printed).toEqual([]);
});

it('a sample goes out marked where the account says so, and to the feed as it is', async () => {
  const id = await approved('publish', 'social', 'feed');
  const post = await desk.postEnd(id);
  expect(post.publications.map(({ target }) => target)).toEqual(['social', 'feed']);
  const marked = expect.stringMatching(/\S\n\n\(offline sample\)$/) as string;
  expect(social.printed).toMatchObject([{ caption: marked, body: marked }]);
  const page = await desk.services.archive.records.findPublishedPost(id);
  expect(page?.edition).toMatchObject({ caption: post.caption, body: post.body });
});
