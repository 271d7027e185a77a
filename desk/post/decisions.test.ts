import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReviewEntry } from '../../contract/status.js';
import { sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { DESK_URL, TOKEN, pageText, useDesk } from '../testing/use-desk.js';
import { withoutWorker } from '../testing/workflows.js';

const [FIRST, SECOND, THIRD] = ['HarborPost01', 'HarborPost02', 'HarborPost03'];
const minute = (n: number): string => `2026-06-28T14:0${n}:00.000Z`;
const review: ReviewEntry[] = [
  { decision: 'edit', by: 'ana', revision: 1, gate: 'publish', note: null, at: minute(5), counted: true },
];

const desk = useDesk();
beforeAll(async () => {
  await desk.saveBatch();
  await desk.savePost(waitingPost(FIRST, { createdAt: minute(1), title: 'The first clock' }));
  await desk.savePost(waitingPost(SECOND, { createdAt: minute(2), title: 'The second clock' }));
  const third = { createdAt: minute(3), title: 'The third clock' };
  await desk.savePost(waitingPost(THIRD, third));
  // What changed: the caption, by ana.
  await desk.savePost(
    waitingPost(THIRD, { ...third, revision: 2, review, caption: 'One time on one clock.' }),
  );
});
beforeEach(() => void (desk.workflows.told.length = 0));

const decide = (id: string, fields: Record<string, string>) =>
  desk.postSignedIn(`/desk/posts/${id}/decide`, { revision: '1', ...fields });
const told = () => desk.workflows.told.map(({ id, value }) => [id, value]);
/** Where a form leads to, and what stands there. */
async function followed(answer: Response): Promise<{ path: string; html: string; text: string }> {
  expect(answer.status).toBe(303);
  const location = answer.headers.get('location') as string;
  const html = await (await desk.getSignedIn(location)).text();
  return { path: new URL(location, DESK_URL).pathname, html, text: await pageText(new Response(html)) };
}

describe('a decision', () => {
  it('approves the revision that was shown, and leads on to the next post', async () => {
    const fields = { decision: 'approve', gate: 'publish', next: SECOND, list: '?account=harbor' };
    const { path, text, html } = await followed(await decide(FIRST, { ...fields, publishAt: 'now' }));
    expect(told()).toEqual([
      [FIRST, { decision: 'approve', by: 'editor', revision: 1, gate: 'publish', publishAt: 'now' }],
    ]);
    expect(path).toBe(`/desk/posts/${SECOND}`);
    expect(text).toContain('Approved “The first clock”: it is published at its slot.');
    // It is out of the list at once, though the archive hears of it later.
    expect(html).not.toContain(`row-${FIRST}`);
    expect(html).toContain(`row-${SECOND}`);
  });

  it('without a next one leads to the list', async () => {
    const { path, text } = await followed(await decide(FIRST, { decision: 'reject', note: 'Off voice.' }));
    expect([path, text]).toEqual(['/desk', expect.stringContaining('Rejected “The first clock”.')]);
    expect(told()).toEqual([[FIRST, { decision: 'reject', by: 'editor', reason: 'Off voice.' }]]);
  });
});

describe('a decision that is not taken', () => {
  it('for an outdated revision says what changed, and keeps what was typed', async () => {
    const answer = await decide(THIRD, { decision: 'revise', note: 'Say it shorter.' });
    expect([answer.status, answer.headers.get('hx-push-url')]).toEqual([409, 'false']);
    const html = await answer.text();
    expect(html).toContain('Revision 2 by ana came meanwhile: you saw revision 1.');
    expect(html).toMatch(/<del>Two<\/del><ins>One<\/ins> (<del>times<\/del><ins>time<\/ins>|.*time)/);
    expect(html).toMatch(/<textarea id="note-\w+"[^>]*>Say it shorter\.<\/textarea>/);
    expect(html).toContain('name="revision" value="2"');
    expect(told()).toEqual([]);
  });

  it('an edit that is sent again leaves what somebody else has changed meanwhile', async () => {
    const { body, caption, altText } = waitingPost(THIRD);
    const words = { title: 'A title of mine', body: String(body), caption, hashtags: '#clocks', altText };
    const answer = await decide(THIRD, { decision: 'edit', ...words });
    expect(answer.status).toBe(409);
    const html = await answer.text();
    expect(html).toMatch(/<textarea[^>]* name="title"[^>]*>A title of mine<\/textarea>/);
    expect(html).toMatch(/<textarea[^>]* name="caption"[^>]*>One time on one clock\.<\/textarea>/);
  });

  it('without a reason is asked for it, and one that is too large refused', async () => {
    const answer = await decide(FIRST, { decision: 'reject' });
    expect([answer.status, await pageText(answer)]).toEqual([400, expect.stringContaining('Say why')]);
    expect((await decide(FIRST, { decision: 'reject', note: 'x'.repeat(600_000) })).status).toBe(413);
    expect(told()).toEqual([]);
  });

  it('on a post that there is not is not found', async () => {
    expect((await decide('NoSuchPost01', { decision: 'approve' })).status).toBe(404);
  });

  it('by a GET is none, and whoever reloads the page loads the post', async () => {
    await desk.getSignedIn(`/desk/posts/${FIRST}?decision=approve&revision=1`);
    const answer = await desk.getSignedIn(`/desk/posts/${FIRST}/decide?decision=approve&revision=1`);
    expect(answer.headers.get('location')).toBe(`/desk/posts/${FIRST}`);
    expect(told()).toEqual([]);
  });
});

describe('several at once', () => {
  const several = async (...posts: string[]) => {
    const chosen = posts.map((post): [string, string] => ['post', post]);
    return followed(await desk.postSignedIn('/desk/decide', [...chosen, ['decision', 'approve']]));
  };

  it('have each its own result', async () => {
    const { text } = await several(...[FIRST, SECOND, THIRD].map((id) => `${id}:1`));
    expect(text).toContain('Approved “The first clock”');
    expect(text).toContain('Approved “The second clock”');
    expect(text).toContain('“The third clock”: Revision 2 by ana came meanwhile');
    expect(desk.workflows.told.map(({ id }) => id).toSorted()).toEqual([FIRST, SECOND]);
  });

  it('are approved at the gates that were shown', async () => {
    await several(`${FIRST}:1:media`);
    expect(told()).toEqual([[FIRST, { decision: 'approve', by: 'editor', revision: 1, gate: 'media' }]]);
  });

  it('none, or one that is not there, is said', async () => {
    expect((await several()).text).toContain('Select the posts first.');
    expect((await several('NoSuchPost01:1')).text).toContain('One of the posts is not there.');
  });
});

describe('an edit that is saved and approved', () => {
  const save = (fields: Record<string, string>) => {
    const { body, caption, altText, title, hashtags } = waitingPost(FIRST, { title: 'The first clock' });
    const words = {
      title,
      body: String(body),
      caption,
      hashtags: hashtags.map((tag) => `#${tag}`).join(' '),
      altText,
    };
    const sent = { revision: '1', decision: 'approve', gate: 'publish', next: SECOND, ...words, ...fields };
    return desk.postSignedIn(`/desk/posts/${FIRST}/save`, sent);
  };
  const approval = (revision: number) => [
    FIRST,
    { decision: 'approve', by: 'editor', revision, gate: 'publish' },
  ];

  it('is approved as it is then, and the next post follows', async () => {
    const { answer: usual } = desk.workflows;
    desk.workflows.answer = () => {
      desk.running.posts.set(FIRST, waitingPost(FIRST, { title: 'The first clock', revision: 2 }));
      return { status: 'scheduled', revision: 2 };
    };
    const { path, text } = await followed(await save({ caption: 'By hand.' }));
    desk.workflows.answer = usual;
    desk.running.posts.clear();
    const edit = { decision: 'edit', by: 'editor', revision: 1, caption: 'By hand.' };
    expect(told()).toEqual([[FIRST, edit], approval(2)]);
    expect(path).toBe(`/desk/posts/${SECOND}`);
    expect(text).toMatch(/Edited “The first clock”.*Approved “The first clock”/);
  });

  it('without a change is approved, and one that can not be saved is not', async () => {
    await followed(await save({}));
    expect(told()).toEqual([approval(1)]);
    const answer = await save({ title: '' });
    expect([answer.status, await answer.text()]).toEqual([
      400,
      expect.stringMatching(/can&#39;t be empty[^]*Save and approve/),
    ]);
    expect(told()).toHaveLength(1);
  });
});

describe('a post that its budget blocks', () => {
  const BLOCKED = 'HarborBlock1';
  const error = { type: 'Budget.Exceeded', message: 'The hero image does not fit.', requestId: null };
  const raise = (usd: string) =>
    desk.postSignedIn(`/desk/posts/${BLOCKED}/raise`, { revision: '1', decision: 'resume', usd });

  it('has it raised to what is needed and is resumed, by one button', async () => {
    const spent = sampleBatch({ costUsd: 1.99, unknownUsd: 0.01 });
    await desk.saveBatch(spent);
    const pipeline = waitingPost(BLOCKED).pipeline.map((row) =>
      row.step === 'hero_image' ? { ...row, state: 'pending' as const, asset: null } : row,
    );
    await desk.savePost(waitingPost(BLOCKED, { status: 'blocked', gate: null, error, pipeline }));
    const page = await pageText(desk.getSignedIn(`/desk/posts/${BLOCKED}`));
    expect(page).toContain('Raise to $3.00 and resume');
    vi.spyOn(desk.workflows.batches, 'setBudget').mockImplementationOnce(async (id, { usd }) => {
      desk.running.batches.set(id, { ...spent, budgetUsd: usd });
      await desk.saveBatch({ ...spent, budgetUsd: usd });
    });
    desk.running.batches.set(spent.id, spent);
    const { text } = await followed(await raise('3'));
    expect(text).toMatch(/The budget of its batch is \$3.00 now.*Resumed/);
    expect(told()).toEqual([[BLOCKED, { decision: 'resume', by: 'editor' }]]);
    expect(await pageText(desk.getSignedIn(`/desk/posts/${BLOCKED}`))).not.toContain('Raise to');
  });

  it('is not resumed without a figure', async () => {
    expect((await raise('much')).status).toBe(400);
    expect(told()).toEqual([]);
  });
});

it('a link to decide a post is made by a button, and stands there to be copied', async () => {
  const { html } = await followed(await desk.postSignedIn(`/desk/posts/${FIRST}/share`));
  const [, address = ''] = /value="([^"]+\/review\/[^"]+)" aria-label="The address"/.exec(html) ?? [];
  expect((await desk.get(new URL(address).pathname)).status).toBe(200);
});

describe('a picture of your own', () => {
  const upload = async (id: string, bytes = 'a picture') => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ revision: '1', list: '' })) body.set(name, value);
    body.set('picture', new File([bytes], 'picture.png', { type: 'image/png' }));
    const headers = { Authorization: `Bearer ${TOKEN}`, Origin: DESK_URL };
    return desk.app.request(`/desk/posts/${id}/picture`, { method: 'POST', body, headers });
  };
  const kept = (id: string) => desk.deps.assets.size(`${id}_hero_2.png`);

  it('is stored, and put into the post by an edit', async () => {
    const { path, text } = await followed(await upload(FIRST));
    expect([path, text]).toEqual([
      `/desk/posts/${FIRST}`,
      expect.stringContaining('The picture is yours now'),
    ]);
    expect(told()).toEqual([
      [FIRST, { decision: 'edit', by: 'editor', revision: 1, hero: `${FIRST}_hero_2.png` }],
    ]);
    expect(await kept(FIRST)).toBe(9);
  });

  it('for an outdated revision is not kept', async () => {
    const answer = await upload(THIRD);
    expect([answer.status, await pageText(answer)]).toEqual([409, expect.stringContaining('came meanwhile')]);
    expect([await kept(THIRD), told()]).toEqual([null, []]);
  });

  it('stays where no answer came: the edit may be made all the same', async () => {
    const { answer: usual } = desk.workflows;
    desk.workflows.answer = withoutWorker;
    const answer = await upload(SECOND);
    desk.workflows.answer = usual;
    expect([answer.status, await pageText(answer)]).toEqual([409, expect.stringContaining('No answer:')]);
    expect(await kept(SECOND)).toBe(9);
  });

  it('that is none is asked for, and one that is too large refused', async () => {
    expect((await upload(FIRST, '')).status).toBe(400);
    expect((await upload(FIRST, 'x'.repeat(22 * 1024 ** 2))).status).toBe(413);
  });
});

describe('a post that is unpublished', () => {
  const unpublish = async (id: string) =>
    followed(await desk.postSignedIn(`/desk/posts/${id}/unpublish`, { reason: 'Wrong.' }));

  it('says where it is and asks once before', async () => {
    const id = 'HarborOut001';
    const publications = [{ target: 'feed', url: DESK_URL, at: minute(4), removedAt: null }];
    await desk.savePost(samplePost(id, { publications }));
    const html = await (
      await desk.getSignedIn(`/desk/posts/${id}/unpublish?list=%3Faccount%3Dharbor`)
    ).text();
    expect(html).toContain('Take this post back?');
    expect(html).toContain('is at feed. Its page is gone at once');
    expect(html).toContain(`href="/desk/posts/${id}?account=harbor"`);
    expect((await desk.getSignedIn(`/desk/posts/${FIRST}/unpublish`)).status).toBe(303);
    expect(told()).toEqual([]);
  });

  it('is so with the reason, and its page says so', async () => {
    const { path, text } = await unpublish(FIRST);
    expect(path).toBe(`/desk/posts/${FIRST}`);
    expect(text).toContain('Unpublished “The first clock”.');
    const value = { by: 'editor', reason: 'Wrong.' };
    expect(desk.workflows.told).toEqual([{ what: 'unpublish', id: FIRST, value }]);
  });

  it('and that a target still has says so, and can be unpublished again', async () => {
    const id = 'HarborKept01';
    const url = `${DESK_URL}/@harbor/posts/${id}`;
    const feed = { target: 'feed', url, at: minute(4), removedAt: minute(5) };
    const target = 'mastodon (@harbor)';
    const kept = { ...feed, target, url: 'https://mastodon.example/1', removedAt: null };
    await desk.savePost(samplePost(id, { status: 'unpublished', publications: [feed, kept] }));
    desk.workflows.keptBy = [target];
    const { text } = await unpublish(id);
    desk.workflows.keptBy = [];
    expect(text).toContain('it is still at mastodon (@harbor)');
    const page = async () => (await desk.getSignedIn(`/desk/posts/${id}`)).text();
    const form = `action="/desk/posts/${id}/unpublish"`;
    expect(await page()).toContain(form);
    const publications = [feed, { ...kept, removedAt: minute(6) }];
    await desk.savePost(samplePost(id, { status: 'unpublished', publications }));
    expect(await page()).not.toContain(form);
  });
});
