import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RefusedError } from '../../client/errors.js';
import { OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { pageText } from '../testing/page-text.js';
import { EDITOR_TOKEN, twoPeople, VIEWER_TOKEN } from '../testing/people.js';
import { accountFileText, sampleAccount, samplePost, waitingPost } from '../testing/samples.js';

const [ONE, OTHER, QUIET] = ['OnePostPost1', 'OtherPostPo1', 'QuietPostPo1'];
const slots = { week: { mon: ['09:00'], wed: ['12:15'], fri: ['09:00'] }, missed: 'late' } as const;
// Wednesday and Friday of the week after the Sunday that it is, and a free Monday in it, as of Warsaw in summer.
const [MON, WED, FRI] = ['2026-06-29T07:00:00.000Z', '2026-07-01T10:15:00.000Z', '2026-07-03T07:00:00.000Z'];
const WEEK = '/desk/calendar?account=harbor&day=2026-07-01';
const as = (token: string) => ({ Authorization: `Bearer ${token}` });

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk({ people: twoPeople() });
  await desk.saveBatch(undefined, sampleAccount({ slots }));
  await desk.writeAccount('quiet', accountFileText(sampleAccount({ handle: 'quiet' })));
  await schedule(ONE, WED, 'Two tides');
  await schedule(OTHER, FRI, 'Four bells');
  await desk.savePost(
    samplePost(QUIET, { account: 'quiet', status: 'scheduled', slot: FRI, publishedAt: null }),
  );
  await desk.savePost(
    samplePost('GonePostPos1', { title: 'Long gone', publishedAt: '2026-06-22T07:01:00.000Z' }),
  );
  await desk.savePost(
    samplePost('LatePostPos1', {
      title: 'Held up',
      status: 'scheduled',
      publishedAt: null,
      slot: '2026-06-26T07:00:00.000Z',
    }),
  );
}, OPENING_MS);
beforeEach(() => {
  desk.workflows.told.length = 0;
  desk.workflows.answer = () => ({ status: 'scheduled', revision: 1 });
});
afterAll(() => desk.close());

async function schedule(id: string, slot: string, title: string): Promise<void> {
  await desk.savePost(samplePost(id, { status: 'scheduled', slot, title, publishedAt: null }));
  await desk.archive.slots.takeAt({ postId: id, account: 'harbor', sequence: 1 }, slot);
}
const move = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  desk.postSignedIn('/desk/calendar/move', { back: WEEK, ...fields }, headers);
const told = () =>
  desk.workflows.told.map(({ id, value }) => [id, (value as { publishAt: string }).publishAt]);
const holders = async () =>
  (await desk.archive.slots.list({ account: 'harbor', from: MON, until: '2026-07-04T00:00:00Z' })).map(
    ({ at, postId }) => [at, postId],
  );

describe('the calendar', () => {
  it('shows what goes out when, and what is free, in the time of the account', async () => {
    const text = await pageText(desk.getSignedIn(WEEK));
    expect(text).toContain('June 29 – July 5, 2026');
    expect(text).toContain('times of Europe/Warsaw');
    expect(text).toMatch(/Mon 29.*09:00 free.*Wed 1.*12:15.*Two tides.*Fri 3.*09:00.*Four bells/);
  });

  it('opens at this week, on the first account with slots; a month shows the weeks before as well', async () => {
    const week = await pageText(desk.getSignedIn('/desk/calendar'));
    expect(week).toMatch(/June 22 – 28.*@harbor.*09:01 *published *Long gone.*09:00 *late *Held up/);
    const month = await pageText(desk.getSignedIn('/desk/calendar?view=month'));
    expect(month).toMatch(/June 2026.*Long gone.*Held up.*Two tides/);
  });

  it('of an account without slots says so, and shows what goes out all the same', async () => {
    const text = await pageText(desk.getSignedIn('/desk/calendar?account=quiet&day=2026-07-01'));
    expect(text).toContain('@quiet has no slots');
    expect(text).toContain('Fri 3Friday, July 309:00');
    expect(text).not.toContain('free');
  });

  it.each([
    ['/desk/calendar?account=nobody', 404],
    ['/desk/calendar?account=%00', 400],
    ['/desk/calendar?day=2026-02-30', 400],
    ['/desk/calendar?view=year', 400],
    ['/desk/calendar?move=..%2f', 400],
    ['/desk/calendar?day=2199-12-31&view=month', 200],
  ])('%s is %d', async (path, status) => {
    expect((await desk.getSignedIn(path)).status).toBe(status);
  });
});

it('an approval at the desk takes the next free slot, unless somebody says otherwise', async () => {
  await desk.savePost(waitingPost('WaitingPost1'));
  const options = /name="publishAt">(.*?)<\/select>/.exec(
    await (await desk.getSignedIn('/desk/posts/WaitingPost1')).text(),
  )?.[1];
  expect(options?.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')).toBe(' next slot: Mon 09:00 now at… ');
  // A scheduled one leads to where it can be moved, at the week in which it is.
  const html = await (await desk.getSignedIn(`/desk/posts/${ONE}`)).text();
  expect(html).toContain(`href="/desk/calendar?account=harbor&amp;move=${ONE}"`);
  const picked = await pageText(desk.getSignedIn(`/desk/calendar?account=harbor&move=${ONE}`));
  expect(picked).toMatch(/June 29 – July 5.*Picked up “Two tides”/);
});

describe('a post', () => {
  it('is picked up by its address: free slots and other posts are where it can be put', async () => {
    const html = await (await desk.getSignedIn(`${WEEK}&move=${ONE}`)).text();
    expect(html).toContain(`name="target" value="${MON}"`);
    expect(html).toContain(`name="target" value="${FRI} ${OTHER}"`);
    expect(html).not.toContain(`value="${WED} ${ONE}"`);
    expect(html).toMatch(
      /<select id="move-slot"[^>]*><option value="2026-06-29T07:00:00.000Z">Mon, Jun 29, 09:00/,
    );
    // One that can't be moved is not picked up.
    expect(await (await desk.getSignedIn(`${WEEK}&move=GonePostPos1`)).text()).not.toContain('id="move"');
  });

  it.each([
    ['a free slot', { target: MON }, MON],
    ['a slot that was chosen from the list', { slot: MON, at: '2026-07-02T10:00' }, MON],
    ['a time of the account', { slot: 'at', at: '2026-07-02T10:00' }, '2026-07-02T08:00:00.000Z'],
    ['a day', { target: '2026-07-04' }, '2026-07-04T10:15:00.000Z'],
  ])('is moved to %s', async (_, fields, at) => {
    const answer = await move({ post: ONE, ...fields });
    expect(answer.status).toBe(303);
    expect(told()).toEqual([[ONE, at]]);
    const shown = await pageText(desk.getSignedIn(answer.headers.get('location') ?? ''));
    expect(shown).toMatch(/“Two tides” goes out .* now\./);
  });

  it('changes places with the one that was shown there', async () => {
    const answer = await move({ post: ONE, target: `${FRI} ${OTHER}` });
    expect(answer.status).toBe(303);
    expect(told()).toEqual([
      [ONE, FRI],
      [OTHER, WED],
    ]);
    expect(await holders()).toEqual([
      [WED, OTHER],
      [FRI, ONE],
    ]);
    const shown = await pageText(desk.getSignedIn(answer.headers.get('location') ?? ''));
    expect(shown).toContain(
      'Swapped: “Two tides” goes out Fri, Jul 3, 09:00 now, and “Four bells” Wed, Jul 1, 12:15.',
    );
    await desk.archive.slots.swap(ONE, OTHER);
  });

  it('stays where it is when the other one moved on: then neither is elsewhere', async () => {
    desk.workflows.answer = (id) => {
      if (id === OTHER) throw new RefusedError(`post ${OTHER}: the post is not scheduled but publishing`);
      return { status: 'scheduled', revision: 1 };
    };
    const answer = await move({ post: ONE, target: `${FRI} ${OTHER}` });
    expect([answer.status, await pageText(answer)]).toEqual([
      409,
      expect.stringContaining('not scheduled but'),
    ]);
    expect(told().at(-1)).toEqual([ONE, WED]);
    expect(await holders()).toEqual([
      [WED, ONE],
      [FRI, OTHER],
    ]);
  });

  it.each([
    ['a slot that is not free any more', { target: FRI }, 409, '“Four bells” goes out then'],
    ['a slot that another post had when it was chosen', { target: `${MON} ${OTHER}` }, 409, 'look again'],
    ['where it is', { target: WED }, 400, 'goes out then already'],
    ['the past', { slot: 'at', at: '2026-06-01T10:00' }, 400, 'is past'],
    ['nowhere', { slot: 'at', at: '' }, 400, 'Choose a slot'],
    ['a post of another account', { target: `${FRI} ${QUIET}` }, 409, 'look again'],
  ])('is not moved to %s', async (_, fields, status, words) => {
    const answer = await move({ post: ONE, ...fields });
    expect([answer.status, await pageText(answer)]).toEqual([status, expect.stringContaining(words)]);
    expect(told()).toEqual([]);
  });

  it('that is out is not moved, nor one that there is not', async () => {
    const out = await move({ post: 'GonePostPos1', target: MON });
    expect([out.status, await pageText(out)]).toEqual([
      409,
      expect.stringContaining('only what is scheduled'),
    ]);
    expect((await move({ post: 'NonePostNone', target: MON })).status).toBe(404);
    expect((await move({ post: '', target: MON })).status).toBe(404);
    expect(told()).toEqual([]);
  });

  it('is moved by an editor, from a page of the desk', async () => {
    const fields = { post: ONE, target: MON };
    expect((await move(fields, as(VIEWER_TOKEN))).status).toBe(403);
    expect((await move(fields, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await move(fields, { Authorization: '' })).status).toBe(401);
    expect(told()).toEqual([]);
    expect((await move(fields, as(EDITOR_TOKEN))).status).toBe(303);
    expect(desk.workflows.told).toMatchObject([{ value: { by: 'maria' } }]);
  });

  it('is shown without a way to move it to who only reads', async () => {
    const html = await (await desk.get(`${WEEK}&move=${ONE}`, as(VIEWER_TOKEN))).text();
    expect(html).toContain('Two tides');
    for (const way of ['draggable="true"', 'move-link', 'id="move"', 'id="drop"', 'name="target"'])
      expect(html).not.toContain(way);
  });
});
