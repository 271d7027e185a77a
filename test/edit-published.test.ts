/** A published post is edited: its page and feeds, Mastodon, and where that can't be its record says so. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Target } from '../contract/account.js';
import { Copydesk } from '../client/copydesk.js';
import { inProcess } from '../command/testing/in-process.js';
import { readSettings } from '../config/settings.js';
import { editWorkflowId } from '../contract/edit.js';
import { FEED } from '../contract/targets/target.js';
import type { Served } from '../desk/serve.js';
import { startMastodon, type MastodonStandIn } from '../offline/mastodon/stand-in.js';
import { TargetFailure } from '../services/publishers/publisher.js';
import { paper } from '../services/publishers/testing/paper.js';
import { accountWith } from './batch-input.js';
import { serveDeskOver } from './desk-over.js';
import { startHarness, type Harness } from './harness.js';

const TOKEN = 'a-token-for-the-tests-of-it';
const BLUESKY = { kind: 'bluesky', name: 'bluesky', settings: {} };

let harness: Harness;
let instance: MastodonStandIn;
let served: Served;
let copydesk: Copydesk;
let env: Record<string, string>;
let mastodon: Target;
beforeAll(async () => {
  instance = await startMastodon();
  vi.stubEnv('ASH_TOKEN', instance.token);
  mastodon = {
    kind: 'mastodon',
    name: 'fediverse',
    settings: { instance: instance.url, token: 'ASH_TOKEN' },
  };
  harness = await startHarness({ COPYDESK_ALLOW_PRIVATE: '1' }, { media: 'plain' });
  Object.assign(harness.services.publishers, {
    bluesky: paper('bluesky'),
    social: paper('social', {
      publish: () => Promise.reject(new TargetFailure('refused', 'Target.SignIn', 'no token')),
    }),
  });
  served = await serveDeskOver(harness, TOKEN);
  env = { ...harness.env, COPYDESK_API: served.url, COPYDESK_TOKEN: TOKEN };
  copydesk = await Copydesk.connect({ settings: readSettings(env), env });
}, 120_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await copydesk?.close();
  await served?.close();
  await harness?.close();
  await instance?.close();
}, 60_000);

async function published(...targets: Target[]): Promise<string> {
  const { id } = await harness.waitingPost('hero_text', await accountWith({ targets }));
  await copydesk.posts.review(id, { decision: 'approve', by: 'mo' });
  await harness.postUntil(id, ({ status }) => status === 'published');
  return id;
}
const edit = (id: string, words: object) =>
  copydesk.posts.review(id, { decision: 'edit', by: 'ana', ...words });
const ended = (id: string, revision: number): Promise<unknown> =>
  harness.client.workflow.getHandle(editWorkflowId(id, revision)).result();
const text = async (path: string): Promise<string> => (await fetch(`${served.url}${path}`)).text();

describe('an edit of a published post', () => {
  it('is on its page, in its feeds, at Mastodon with its picture, and on the row of Bluesky', async () => {
    const id = await published(FEED, BLUESKY, mastodon);
    await harness.post(id).result();
    const [before] = instance.statuses();
    const words = { title: 'The harbour clock is right', caption: 'It was never seven minutes late.' };
    expect(await edit(id, { ...words, altText: 'A brass clock' })).toEqual({
      status: 'published',
      revision: 2,
    });
    await ended(id, 2);

    const page = await text(`/@ashtalksai/posts/${id}`);
    expect(page).toContain(words.title);
    expect(page).toMatch(/edited <?/);
    const feed = JSON.parse(await text('/@ashtalksai/feed.json')) as { items: Record<string, string>[] };
    expect(feed.items[0]).toMatchObject({ title: words.title, date_modified: expect.any(String) as string });
    expect(await text('/@ashtalksai/feed.xml')).toContain(
      `<updated>${feed.items[0]!['date_modified']}</updated>`,
    );

    const [after] = instance.statuses();
    expect(after).toMatchObject({ id: before!.id, text: expect.stringContaining(words.caption) as string });
    expect(after!.editedAt).not.toBeNull();
    expect(after!.media).toMatchObject([{ id: before!.media[0]!.id, description: 'A brass clock' }]);

    const status = await copydesk.posts.status(id);
    expect(status).toMatchObject({ status: 'published', revision: 2, ...words });
    expect(status.review.at(-1)).toMatchObject({ decision: 'edit', by: 'ana', revision: 1, counted: true });
    const notes = Object.fromEntries(
      status.pipeline.flatMap(({ target, note }) => (target ? [[target, note]] : [])),
    );
    expect(notes).toMatchObject({
      bluesky: expect.stringMatching(
        /^revision 2: it keeps the text of before: Bluesky can not edit/,
      ) as string,
      fediverse: 'revision 2: edited there',
    });
    expect((await harness.services.archive.records.listRevisions(id)).map(({ by }) => by)).toEqual([
      expect.any(String),
      'ana',
    ]);
  });

  it('changes nothing where it says what the post says, is for another revision, or does not fit', async () => {
    const id = await published(FEED, mastodon);
    await harness.post(id).result();
    const { title } = await copydesk.posts.status(id);
    expect(await edit(id, { title })).toEqual({ status: 'published', revision: 1 });
    await edit(id, { title: 'Once more', revision: 1 });
    const before = await copydesk.posts.status(id);
    const long = { target: 'fediverse', text: 'too long '.repeat(100) };
    for (const [words, why] of [
      [{ title: 'Late', revision: 1 }, 'revision 2 came meanwhile'],
      [{ title: 'Mine', ...long }, 'fediverse refuses the text: the text has more than 500 characters'],
      [{ hero: `${id}_hero_2.png` }, 'a published post keeps its picture'],
    ] as const)
      await expect(edit(id, words)).rejects.toThrow(`post ${id}: ${why}`);
    const both = await Promise.allSettled([edit(id, { title: 'One' }), edit(id, { title: 'Other' })]);
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await copydesk.posts.status(id)).toMatchObject({ revision: before.revision + 1 });
    await copydesk.posts.unpublish(id, { by: 'mo' });
    await expect(edit(id, { title: 'Gone' })).rejects.toThrow('it is too late to edit');
  });

  it('gives up a target that failed, and says so', async () => {
    const id = await published(FEED, { kind: 'social', name: 'social', settings: {} });
    await harness.postUntil(id, ({ error }) => error !== null);
    const { code, stdout } = await inProcess(['edit', id, '--title', 'Mended', '--by', 'ana'], env);
    expect([code, stdout]).toEqual([0, `${id} is published, revision 2\n`]);
    const status = await copydesk.posts.status(id);
    expect(status).toMatchObject({ title: 'Mended', error: null });
    expect(status.pipeline.at(-1)?.note).toBe('no token; not tried again, since the post was edited');
  });

  it('waits for a target that is away, and the newest words count there', async () => {
    const id = await published(FEED, mastodon);
    await harness.post(id).result();
    instance.control.fail({ on: 'edit', kind: 'drop-after' });
    const comeBack = await instance.control.goAway();
    const first = edit(id, { caption: 'The first words.' });
    await expect
      .poll(() => text(`/@ashtalksai/posts/${id}`), { timeout: 20_000 })
      .toContain('The first words.');
    const second = edit(id, { caption: 'The second words.' });
    await expect
      .poll(() => text(`/@ashtalksai/posts/${id}`), { timeout: 20_000 })
      .toContain('The second words.');
    await comeBack();
    await Promise.all([ended(id, 2), ended(id, 3), first, second]);
    expect(instance.statuses()[0]!.text).toContain('The second words.');
  });
});
