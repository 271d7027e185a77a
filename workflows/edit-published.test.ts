import { expect, test } from 'vitest';
import type { Edit } from '../contract/messages.js';
import type { PostStatus, Publication } from '../contract/status.js';
import { FEED } from '../contract/targets/target.js';
import { batchRecord, postRecord } from '../services/archive/sample-records.js';
import { editPublished } from './edit-published.js';

const at = '2026-11-25T08:00:00.000Z';
const record = batchRecord('Zr4hK8vYp1Nc', 'ash');
const named = ['bluesky', 'mastodon', 'webhook', 'paper'].map((kind) => ({ kind, name: kind, settings: {} }));
const account = { ...record.account, targets: [FEED, ...named] };
const out = (target: string): Publication => ({ target, url: 'https://a.example/1', at, removedAt: null });
const publications = account.targets.map(({ name }) => out(name));

/** What the post looks like once an edit of all its words is through: texts as they are fitted. */
function plan(edit: Partial<Edit>, change: Partial<PostStatus> = {}, revision = 2) {
  const { status } = postRecord('UpkTZ26nc9Eb', record, { status: 'published', publications, ...change });
  const work = { status, account, url: 'https://desk.example/p' };
  return editPublished(work, { postId: status.id, revision, edit: { by: 'ana', ...edit } }, at);
}
const settled = (): PostStatus['texts'] => {
  const made = plan({ title: 'T' });
  return 'edit' in made ? made.edit?.texts : [];
};

test.each<[what: string, edit: Partial<Edit>, targets: string[], keeping: string[]]>([
  ['the caption', { caption: 'Another.' }, ['mastodon', 'webhook'], ['bluesky', 'paper']],
  ['the article alone', { body: 'Another.' }, ['webhook'], ['paper']],
  ['what the picture shows', { altText: 'A clock' }, ['mastodon', 'webhook'], ['bluesky', 'paper']],
  ['one text alone', { target: 'mastodon', text: 'Mine.' }, ['mastodon', 'webhook'], ['paper']],
])('an edit of %s reaches the targets that show it', (_what, edit, targets, keeping) => {
  const made = plan(edit, { texts: settled() });
  expect(made).toMatchObject({ refused: null, targets, edit: { revision: 2, by: 'ana', at } });
  expect('keeping' in made && made.keeping.map(({ target }) => target)).toEqual(keeping);
});

test('what is said of a target that keeps its text stays', () => {
  const texts = settled();
  const made = plan({ caption: 'Another.' }, { texts });
  expect('edit' in made && made.edit?.texts).toEqual([
    texts?.[0],
    expect.objectContaining({ target: 'mastodon', text: expect.stringMatching(/^Another\./) as string }),
  ]);
});

test('a target that does not have it, or has it no more, is left alone', () => {
  const gone = { ...out('mastodon'), removedAt: at };
  expect(plan({ caption: 'Another.' }, { publications: [out('feed'), gone] })).toMatchObject({
    targets: [],
    keeping: [],
  });
});

test('a person’s own text stays when the caption is edited, and a check says so', () => {
  const own = [{ target: 'mastodon', text: 'Mine.', own: true, left: [] }];
  expect(plan({ caption: 'Another.' }, { texts: own })).toMatchObject({
    targets: ['webhook'],
    edit: {
      texts: expect.arrayContaining(own),
      checks: expect.arrayContaining([{ rule: 'text.mastodon', ok: false, detail: expect.any(String) }]),
    },
  });
});

test('what the post says already is no edit', () => {
  const { title, hashtags } = postRecord('UpkTZ26nc9Eb', record).status;
  expect(plan({ title, hashtags })).toEqual({ refused: null, edit: null });
});

test.each<[why: string, edit: Partial<Edit>, change?: Partial<PostStatus>]>([
  ['revision 3 came meanwhile; look at it before you edit it', { title: 'T' }, { revision: 3 }],
  ['a video has no body', { body: 'B' }, { contentFormat: 'video' }],
  ['a published post keeps its picture', { hero: 'UpkTZ26nc9Eb_hero_2.png' }],
  ['the account has no target evening', { target: 'evening', text: 'T' }],
  [
    'mastodon refuses the text: the text has more than 500 characters',
    { title: 'T', target: 'mastodon', text: 'a'.repeat(501) },
  ],
  ['bluesky keeps what was published: Bluesky can not edit a post', { target: 'bluesky', text: 'T' }],
  ['title must be text of 1 to 300 characters', { title: '' }],
])('is refused: %s', (why, edit, change) => {
  expect(plan(edit, change)).toEqual({ refused: expect.stringContaining(why) as string });
});
