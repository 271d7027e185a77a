import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RefusedError } from '../../client/errors.js';
import {
  expectShown,
  pageText,
  EDITOR_TOKEN,
  twoPeople,
  VIEWER_TOKEN,
  useDesk,
} from '../testing/use-desk.js';
import { sampleAccount, samplePost, waitingPost } from '../testing/samples.js';

const [ONE, OTHER, QUIET] = ['OnePostPost1', 'OtherPostPo1', 'QuietPostPo1'];
const slots = { week: { mon: ['09:00'], wed: ['12:15'], fri: ['09:00'] }, missed: 'late' } as const;
// Wednesday and Friday of the week after the Sunday that it is, and a free Monday in it, as of Warsaw in summer.
const [MON, WED, FRI] = ['2026-06-29T07:00:00.000Z', '2026-07-01T10:15:00.000Z', '2026-07-03T07:00:00.000Z'];
const WEEK = '/desk/calendar?account=harbor&day=2026-07-01';
const PICKED = `${WEEK}&move=${ONE}`;
const as = (token: string) => ({ Authorization: `Bearer ${token}` });

const desk = useDesk({ people: twoPeople() });
beforeAll(async () => {
  await desk.saveBatch(undefined, sampleAccount({ slots }));
  await desk.saveAccount({ handle: 'quiet' });
  await schedule(ONE, WED, { title: 'Two tides' });
  await schedule(OTHER, FRI, { title: 'Four bells' });
  await schedule(QUIET, FRI, { account: 'quiet' });
  const error = { type: 'Target.SignIn', message: 'social: no', requestId: null };
  const out = { error, title: 'Long gone', publishedAt: '2026-06-22T07:01:00.000Z' };
  await desk.savePost(samplePost('GonePostPos1', out));
  await schedule('LatePostPos1', '2026-06-26T07:00:00.000Z', { title: 'Held up' });
  const { slots: taken } = desk.archive;
  await taken.takeAt({ postId: ONE, account: 'harbor', sequence: 1 }, WED);
  await taken.takeAt({ postId: OTHER, account: 'harbor', sequence: 1 }, FRI);
});
beforeEach(() => {
  desk.workflows.told.length = 0;
  desk.workflows.answer = () => ({ status: 'scheduled', revision: 1 });
});

const schedule = (id: string, slot: string, changes: Parameters<typeof samplePost>[1]): Promise<unknown> =>
  desk.savePost(samplePost(id, { status: 'scheduled', slot, publishedAt: null, ...changes }));
/** Moves the first post, and tells the status with what the page says then. */
const move = async (fields: Record<string, string>): Promise<[number, string]> => {
  const answer = await desk.postSignedIn('/desk/calendar/move', { post: ONE, back: WEEK, ...fields });
  const shown = answer.status === 303 ? desk.getSignedIn(answer.headers.get('location')!) : answer;
  return [answer.status, await pageText(shown)];
};
const text = (path: string): Promise<string> => pageText(desk.getSignedIn(path));
const told = () => desk.workflows.told.map(({ id, value }) => `${id} ${(value as any).publishAt}`);
const holders = async (): Promise<string[]> => {
  const week = { account: 'harbor', from: MON, until: '2026-07-04T00:00:00Z' };
  return (await desk.archive.slots.list(week)).map(({ at, postId }) => `${at} ${postId}`);
};

describe('the calendar', () => {
  it('shows what goes out when, and what is free, in the time of the account', async () => {
    const week = await text(WEEK);
    expectShown(week, ['June 29 – July 5, 2026', 'times of Europe/Warsaw']);
    expect(week).toMatch(/Mon 29.*09:00 free.*Wed 1.*12:15.*Two tides.*Fri 3.*09:00.*Four bells/);
  });

  it('opens at this week, on all accounts; a month shows the weeks before as well', async () => {
    const week = await text('/desk/calendar');
    expect(week).toMatch(
      /June 22 – 28.*All accounts.*09:01 *published *target failed *Long gone *@harbor.*09:00 *late *Held up/,
    );
    const month = await text('/desk/calendar?view=month');
    expect(month).toMatch(/June 2026.*Long gone.*Held up.*Two tides/);
  });

  it('of an account without slots says so, and shows what goes out all the same', async () => {
    const quiet = await text('/desk/calendar?account=quiet&day=2026-07-01');
    expectShown(quiet, ['@quiet has no slots', 'slots.week in accounts/quiet.yaml'], ['free']);
    expect(quiet).toContain('Fri 3Friday, July 309:00');
  });

  it('is in the time of who looks, where their browser has told it, beside that of the account', async () => {
    const seen = (zone: string) => pageText(desk.getSignedIn(`${WEEK}`, { Cookie: `copydesk_zone=${zone}` }));
    const tokyo = await seen('Asia%2FTokyo');
    expect(tokyo).toMatch(/times of Asia\/Tokyo.*Mon 29.*16:00 free *09:00 Warsaw.*19:15.*12:15 Warsaw/);
    expectShown(await seen('Mars%2FOlympus'), ['times of Europe/Warsaw'], ['09:00 Warsaw']);
  });

  it('of all accounts offers what was picked up the slots and the posts of its own account alone', async () => {
    await desk.saveAccount({ handle: 'pier', slots });
    const all = '/desk/calendar?day=2026-07-01';
    expect(await text(all)).toMatch(
      /Mon 29.*09:00 free @harbor.*09:00 free @pier.*Four bells @harbor.*@quiet/,
    );
    const html = await desk.textSignedIn(`${all}&move=${ONE}`);
    expectShown(
      html,
      [`value="${MON}"`, `value="${FRI} ${OTHER}"`],
      [`name="target" value="${FRI} ${QUIET}"`, 'slot-pier-'],
    );
    await desk.writeAccount('pier', null);
  });

  it('has the picture of a post', async () => {
    const hero = `<img class="entry-picture" src="/assets/${ONE}_hero.png?w=240"`;
    expect(await desk.textSignedIn(WEEK)).toContain(hero);
  });

  it.each([
    ['account=nobody', 404],
    ['account=%00', 400],
    ['day=2026-02-30', 400],
    ['view=year', 400],
    ['move=..%2f', 400],
    ['day=2199-12-31&view=month', 200],
  ])('?%s is %d', async (query, status) => {
    expect((await desk.getSignedIn(`/desk/calendar?${query}`)).status).toBe(status);
  });
});

it('an approval at the desk takes the next free slot, unless somebody says otherwise', async () => {
  await desk.savePost(waitingPost('WaitingPost1'));
  const page = await desk.textSignedIn('/desk/posts/WaitingPost1');
  const options = /name="publishAt">(.*?)<\/select>/.exec(page)?.[1];
  expect(options?.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')).toBe(' next slot: Mon 09:00 now at… ');
  // A scheduled one leads to where it can be moved, at the week in which it is.
  const way = `href="/desk/calendar?account=harbor&amp;move=${ONE}"`;
  expect(await desk.textSignedIn(`/desk/posts/${ONE}`)).toContain(way);
  const picked = await text(`/desk/calendar?account=harbor&move=${ONE}`);
  expect(picked).toMatch(/June 29 – July 5.*Picked up “Two tides”/);
});

describe('a post', () => {
  it('is picked up by its address: free slots and other posts are where it can be put', async () => {
    const html = await desk.textSignedIn(PICKED);
    const targets = [`name="target" value="${MON}"`, `name="target" value="${FRI} ${OTHER}"`];
    expectShown(html, targets, [`value="${WED} ${ONE}"`]);
    expect(html).toMatch(
      /<select id="move-slot"[^>]*><option value="2026-06-29T07:00:00.000Z">Mon, Jun 29, 09:00/,
    );
    // One that can't be moved is not picked up.
    expect(await desk.textSignedIn(`${WEEK}&move=GonePostPos1`)).not.toContain('id="move"');
  });

  it.each([
    ['a free slot', { target: MON }, MON],
    ['a slot that was chosen from the list', { slot: MON, at: '2026-07-02T10:00' }, MON],
    ['a time of the account', { slot: 'at', at: '2026-07-02T10:00' }, '2026-07-02T08:00:00.000Z'],
    ['a day', { target: '2026-07-04' }, '2026-07-04T10:15:00.000Z'],
    [
      'a time of who looks',
      { slot: 'at', at: '2026-07-02T10:00', zone: 'Asia/Tokyo' },
      '2026-07-02T01:00:00.000Z',
    ],
  ])('is moved to %s', async (_, fields, at) => {
    const [status, shown] = await move(fields);
    expect([status, told()]).toEqual([303, [`${ONE} ${at}`]]);
    expect(shown).toMatch(/“Two tides” goes out .* now\./);
  });

  it('changes places with the one that was shown there', async () => {
    const [status, shown] = await move({ target: `${FRI} ${OTHER}` });
    expect([status, told()]).toEqual([303, [`${ONE} ${FRI}`, `${OTHER} ${WED}`]]);
    expect(await holders()).toEqual([`${WED} ${OTHER}`, `${FRI} ${ONE}`]);
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
    const [status, shown] = await move({ target: `${FRI} ${OTHER}` });
    expect([status, shown]).toEqual([409, expect.stringContaining('not scheduled but')]);
    expect(told().at(-1)).toBe(`${ONE} ${WED}`);
    expect(await holders()).toEqual([`${WED} ${ONE}`, `${FRI} ${OTHER}`]);
  });

  it.each([
    ['a slot that is not free any more', { target: FRI }, 409, '“Four bells” goes out then'],
    ['a slot that another post had when it was chosen', { target: `${MON} ${OTHER}` }, 409, 'look again'],
    ['where it is', { target: WED }, 400, 'goes out then already'],
    ['the past', { slot: 'at', at: '2026-06-01T10:00' }, 400, 'is past'],
    ['nowhere', { slot: 'at', at: '' }, 400, 'Choose a slot'],
    ['a post of another account', { target: `${FRI} ${QUIET}` }, 409, 'look again'],
    ['anywhere once it is out', { post: 'GonePostPos1', target: MON }, 409, 'only what is scheduled'],
    ['anywhere where there is none', { post: 'NonePostNone', target: MON }, 404, ''],
    ['anywhere without an id', { post: '', target: MON }, 404, ''],
  ])('is not moved to %s', async (_, fields, status, words) => {
    expect(await move(fields)).toEqual([status, expect.stringContaining(words)]);
    expect(told()).toEqual([]);
  });

  it('is moved by an editor in their name, and shown without a way to move it to who only reads', async () => {
    await desk.postSignedIn('/desk/calendar/move', { post: ONE, target: MON }, as(EDITOR_TOKEN));
    expect(desk.workflows.told).toMatchObject([{ id: ONE, value: { by: 'maria' } }]);
    const html = await (await desk.get(PICKED, as(VIEWER_TOKEN))).text();
    const ways = ['draggable="true"', 'move-link', 'id="move"', 'id="drop"', 'name="target"'];
    expectShown(html, ['Two tides'], ways);
  });
});
