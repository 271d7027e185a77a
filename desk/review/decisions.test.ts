import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NoWorkerError, RefusedError } from '../../client/errors.js';
import type { ReviewEntry } from '../../contract/status.js';
import { DESK_URL, OPENING_MS, openDesk, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';
import { samplePost, waitingPost } from '../testing/samples.js';

const [FIRST, SECOND, THIRD] = ['HarborPost01', 'HarborPost02', 'HarborPost03'];
const minute = (n: number): string => `2026-06-28T14:0${n}:00.000Z`;
const edited: ReviewEntry = {
  ...{ decision: 'edit', by: 'ana', revision: 1, gate: 'publish', note: null, at: minute(5), counted: true },
};

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch();
  await desk.savePost(waitingPost(FIRST, { createdAt: minute(1), title: 'The first clock' }));
  await desk.savePost(waitingPost(SECOND, { createdAt: minute(2), title: 'The second clock' }));
  await desk.savePost(waitingPost(THIRD, { createdAt: minute(3), title: 'The third clock' }));
  // What changed: the caption, by ana.
  const now = { createdAt: minute(3), title: 'The third clock', revision: 2, review: [edited] };
  await desk.savePost(waitingPost(THIRD, { ...now, caption: 'One time on one clock.' }));
}, OPENING_MS);
afterAll(() => desk.close());
beforeEach(() => {
  desk.workflows.told.length = 0;
});

const decide = (id: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  desk.postSignedIn(`/desk/posts/${id}/decide`, { revision: '1', ...fields }, headers);
const told = () => desk.workflows.told.map(({ id, value }) => [id, value]);
/** Where a form leads to, and what stands there without tags. */
async function followed(answer: Response): Promise<{ path: string; text: string }> {
  expect(answer.status).toBe(303);
  const location = answer.headers.get('location') as string;
  const html = await (await desk.getSignedIn(location)).text();
  return { path: new URL(location, 'http://x').pathname, text: plain(html) };
}
const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

describe('a decision', () => {
  it('approves the revision that was shown, and leads on to the next post', async () => {
    const fields = {
      decision: 'approve',
      gate: 'publish',
      next: SECOND,
      list: '?account=harbor',
      publishAt: 'now',
    };
    const { path, text } = await followed(await decide(FIRST, fields));
    expect(told()).toEqual([
      [FIRST, { decision: 'approve', by: 'editor', revision: 1, gate: 'publish', publishAt: 'now' }],
    ]);
    expect(path).toBe(`/desk/posts/${SECOND}`);
    expect(text).toContain('Approved “The first clock”: it is published at its slot.');
  });
  it('is out of the list at once, though the archive hears of it later', async () => {
    const answer = await decide(FIRST, { decision: 'approve', next: SECOND });
    const html = await (await desk.getSignedIn(String(answer.headers.get('location')))).text();
    expect(html).not.toContain(`row-${FIRST}`);
    expect(html).toContain(`row-${SECOND}`);
  });
  it('without a next one leads to the list', async () => {
    const { path, text } = await followed(await decide(FIRST, { decision: 'reject', note: 'Off voice.' }));
    expect(path).toBe('/desk');
    expect(text).toContain('Rejected “The first clock”.');
    expect(told()).toEqual([[FIRST, { decision: 'reject', by: 'editor', reason: 'Off voice.' }]]);
  });
  it('to edit stays with the post, and sends what was changed', async () => {
    const { title, body, caption, altText } = samplePost(FIRST);
    const fields = { title, body: body ?? '', caption, altText, hashtags: '#harbor #tides #clocks' };
    const answer = await decide(FIRST, {
      ...fields,
      decision: 'edit',
      title: 'The first clock',
      next: SECOND,
    });
    expect((await followed(answer)).path).toBe(`/desk/posts/${FIRST}`);
    expect(told()).toEqual([
      [FIRST, { decision: 'edit', by: 'editor', hashtags: ['harbor', 'tides', 'clocks'] }],
    ]);
  });
  it.each([
    [
      { decision: 'revise', note: 'Shorter.', redo: 'all' },
      { instructions: 'Shorter.', redo: 'all' },
    ],
    [{ decision: 'resume', note: 'Topped up.' }, { note: 'Topped up.' }],
    [{ decision: 'cancel' }, {}],
  ])('%j', async (fields, sent) => {
    expect((await decide(FIRST, fields)).status).toBe(303);
    expect(told()).toEqual([[FIRST, { decision: fields.decision, by: 'editor', ...sent }]]);
  });
});

describe('a decision that is not taken', () => {
  it('for an outdated revision says what changed, and keeps what was typed', async () => {
    const answer = await decide(THIRD, { decision: 'revise', note: 'Say it shorter.', revision: '1' });
    expect(answer.status).toBe(409);
    expect(answer.headers.get('hx-push-url')).toBe('false');
    const html = await answer.text();
    expect(plain(html)).toContain('Revision 2 by ana came meanwhile: you saw revision 1.');
    expect(html).toMatch(/<del>Two<\/del><ins>One<\/ins> (<del>times<\/del><ins>time<\/ins>|.*time)/);
    expect(html).toMatch(/<textarea id="note-\w+"[^>]*>Say it shorter\.<\/textarea>/);
    expect(html).toContain('name="revision" value="2"');
    expect(told()).toEqual([]);
  });
  it('an edit that is sent again leaves what somebody else has changed meanwhile', async () => {
    const before = waitingPost(THIRD, {});
    const fields = { title: 'A title of mine', body: String(before.body), caption: before.caption };
    const words = { ...fields, hashtags: '#clocks #harbor', altText: before.altText };
    const answer = await decide(THIRD, { decision: 'edit', ...words, revision: '1' });
    expect(answer.status).toBe(409);
    const html = await answer.text();
    expect(html).toMatch(/<textarea[^>]* name="title"[^>]*>A title of mine<\/textarea>/);
    expect(html).toMatch(/<textarea[^>]* name="caption"[^>]*>One time on one clock\.<\/textarea>/);
  });
  it('since the workflow refuses it says why', async () => {
    desk.workflows.answer = () => {
      throw new RefusedError(`post ${FIRST}: the post is already rejected`);
    };
    const answer = await decide(FIRST, { decision: 'approve' });
    expect([answer.status, plain(await answer.text())]).toEqual([
      409,
      expect.stringContaining('Not done: the post is already rejected.'),
    ]);
    desk.workflows.answer = (_id, request) => ({
      status: request.decision === 'approve' ? 'scheduled' : 'awaiting_approval',
      revision: 1,
    });
  });
  it('without a reason is asked for it', async () => {
    const answer = await decide(FIRST, { decision: 'reject' });
    expect([answer.status, plain(await answer.text())]).toEqual([400, expect.stringContaining('Say why')]);
    expect(told()).toEqual([]);
  });
  it('on a post that there is not is not found', async () => {
    expect((await decide('NoSuchPost01', { decision: 'approve' })).status).toBe(404);
  });
  it('is not loaded again by whoever reloads the page', async () => {
    const answer = await desk.getSignedIn(`/desk/posts/${FIRST}/decide`);
    expect(answer.headers.get('location')).toBe(`/desk/posts/${FIRST}`);
  });
});

describe('several at once', () => {
  const several = (fields: [string, string][]) => desk.postSignedIn('/desk/decide', fields);

  it('have each its own result', async () => {
    const chosen: [string, string][] = [FIRST, SECOND, THIRD].map((id) => ['post', `${id}:1`]);
    const { text } = await followed(await several([...chosen, ['decision', 'approve']]));
    expect(text).toContain('Approved “The first clock”');
    expect(text).toContain('Approved “The second clock”');
    expect(text).toContain('“The third clock”: Revision 2 by ana came meanwhile');
    expect(desk.workflows.told.map(({ id }) => id).toSorted()).toEqual([FIRST, SECOND]);
  });
  it('are approved at the gates that were shown', async () => {
    await several([
      ['post', `${FIRST}:1:media`],
      ['decision', 'approve'],
    ]);
    expect(told()).toEqual([[FIRST, { decision: 'approve', by: 'editor', revision: 1, gate: 'media' }]]);
  });
  it('none, or one that is not there, is said', async () => {
    expect((await followed(await several([['decision', 'approve']]))).text).toContain(
      'Select the posts first.',
    );
    const { text } = await followed(
      await several([
        ['post', 'NoSuchPost01:1'],
        ['decision', 'approve'],
      ]),
    );
    expect(text).toContain('One of the posts is not there.');
  });
  it('all of a batch, by its own word', async () => {
    const { text } = await followed(await desk.postSignedIn('/desk/approve-all', { batch: 'BatchBatch01' }));
    expect(text).toContain('Approved all that waited in batch BatchBatch01.');
    expect(desk.workflows.told).toEqual([
      { what: 'approveAll', id: 'BatchBatch01', value: { by: 'editor' } },
    ]);
  });
});

describe('a picture of your own', () => {
  const upload = async (id: string, fields: Record<string, string>, bytes = 'a picture') => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ revision: '1', list: '', ...fields })) body.set(name, value);
    body.set('picture', new File([bytes], 'picture.png', { type: 'image/png' }));
    const headers = { Authorization: `Bearer ${TOKEN}`, Origin: DESK_URL };
    return desk.app.request(`/desk/posts/${id}/picture`, { method: 'POST', body, headers });
  };
  const asset = (id: string) => `${id}_hero_2.png`;

  it('is stored, and put into the post by an edit', async () => {
    const { path, text } = await followed(await upload(FIRST, {}));
    expect(path).toBe(`/desk/posts/${FIRST}`);
    expect(text).toContain('The picture is yours now');
    expect(told()).toEqual([[FIRST, { decision: 'edit', by: 'editor', hero: asset(FIRST) }]]);
    expect(await desk.deps.assets.size(asset(FIRST))).toBe(9);
  });
  it('for an outdated revision is not kept', async () => {
    const answer = await upload(THIRD, { revision: '1' });
    expect([answer.status, plain(await answer.text())]).toEqual([
      409,
      expect.stringContaining('came meanwhile'),
    ]);
    expect(await desk.deps.assets.size(asset(THIRD))).toBeNull();
    expect(told()).toEqual([]);
  });
  it('stays where no answer came: the edit may be made all the same', async () => {
    const { answer } = desk.workflows;
    desk.workflows.answer = () => {
      throw new NoWorkerError('copydesk-workflows', '127.0.0.1:7233');
    };
    const page = await upload(SECOND, {});
    desk.workflows.answer = answer;
    expect([page.status, plain(await page.text())]).toEqual([409, expect.stringContaining('No answer:')]);
    expect(await desk.deps.assets.size(asset(SECOND))).toBe(9);
  });
  it('that is none is asked for, and one that is too large refused', async () => {
    expect((await upload(FIRST, {}, '')).status).toBe(400);
    expect((await upload(FIRST, {}, 'x'.repeat(22 * 1024 ** 2))).status).toBe(413);
  });
});

it('a post is unpublished with the reason, and its page says so', async () => {
  const { path, text } = await followed(
    await desk.postSignedIn(`/desk/posts/${FIRST}/unpublish`, { reason: 'Wrong.' }),
  );
  expect(path).toBe(`/desk/posts/${FIRST}`);
  expect(text).toContain('Unpublished “The first clock”.');
  expect(desk.workflows.told).toEqual([
    { what: 'unpublish', id: FIRST, value: { by: 'editor', reason: 'Wrong.' } },
  ]);
});

it('a post that a target still has after it was unpublished says so, and can be unpublished again', async () => {
  const id = 'HarborKept01';
  const publication = { at: minute(4), removedAt: null };
  const publications = [
    { ...publication, target: 'feed', url: `${DESK_URL}/@harbor/posts/${id}`, removedAt: minute(5) },
    { ...publication, target: 'mastodon (@harbor)', url: 'https://mastodon.example/1' },
  ];
  await desk.savePost(samplePost(id, { status: 'unpublished', publications }));
  desk.workflows.keptBy = ['mastodon (@harbor)'];
  const { text } = await followed(
    await desk.postSignedIn(`/desk/posts/${id}/unpublish`, { reason: 'Wrong.' }),
  );
  desk.workflows.keptBy = [];
  expect(text).toContain('it is still at mastodon (@harbor)');
  const path = `/desk/posts/${id}`;
  expect(await (await desk.getSignedIn(path)).text()).toContain(`action="${path}/unpublish"`);
  const removed = publications.map((each) => ({ ...each, removedAt: minute(6) }));
  await desk.savePost(samplePost(id, { status: 'unpublished', publications: removed }));
  expect(await (await desk.getSignedIn(path)).text()).not.toContain(`action="${path}/unpublish"`);
});

describe('who may decide', () => {
  it.each([
    [{ Origin: 'https://evil.example' }, 403],
    [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{ Authorization: '' }, 401],
  ])('%j gets %i', async (headers, status) => {
    for (const path of [
      ...['decide', 'picture', 'unpublish'].map((form) => `/desk/posts/${FIRST}/${form}`),
      '/desk/decide',
      '/desk/approve-all',
    ]) {
      const answer = await desk.postSignedIn(path, { decision: 'approve', revision: '1' }, headers);
      expect(answer.status).toBe(status);
    }
    expect(told()).toEqual([]);
  });
  it('a form that is too large is refused', async () => {
    expect((await decide(FIRST, { decision: 'reject', note: 'x'.repeat(600_000) })).status).toBe(413);
  });
  it('no GET decides', async () => {
    await desk.getSignedIn(`/desk/posts/${FIRST}?decision=approve&revision=1`);
    await desk.getSignedIn(`/desk/posts/${FIRST}/decide?decision=approve&revision=1`);
    expect(told()).toEqual([]);
  });
});
