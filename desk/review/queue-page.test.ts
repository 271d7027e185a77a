import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';

const FIRST = 'HarborPost01';
const SECOND = 'HarborPost02';
const BLOCKED = 'HarborBlock1';
const REMINDED = 'PierPost0001';
const SCHEDULED = 'Scheduled001';
const PUBLISHED = 'PublicPost01';
const REJECTED = 'RejectedPos1';

const minute = (n: number): string => `2026-06-28T14:${String(n).padStart(2, '0')}:00.000Z`;

const APPROVE = '>Approve</button>';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch(sampleBatch({ offline: true }));
  const pier = sampleAccount({ handle: 'pier', name: 'Pier', timeZone: 'America/New_York' });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
  await desk.savePost(waitingPost(SECOND, { createdAt: minute(2), title: 'The second clock' }));
  await desk.savePost(waitingPost(FIRST, { createdAt: minute(1), title: 'The first clock', offline: true }));
  const error = {
    type: 'Provider.QuotaUsedUp',
    message: 'You exceeded your current quota.',
    requestId: 'req_1',
  };
  await desk.savePost(waitingPost(BLOCKED, { createdAt: minute(3), status: 'blocked', gate: null, error }));
  const checks = [
    { rule: 'caption.length', ok: false, detail: 'the caption has 263 characters, at most 240' },
  ];
  const reminded = {
    account: 'pier',
    batchId: 'BatchBatch02',
    createdAt: minute(0),
    checks,
    gate: 'media',
  } as const;
  await desk.savePost(waitingPost(REMINDED, reminded), minute(30));
  const slot = '2026-07-02T07:00:00.000Z';
  await desk.savePost(
    samplePost(SCHEDULED, { status: 'scheduled', slot, publishedAt: null, title: 'A later clock' }),
  );
  await desk.publish(samplePost(PUBLISHED, { title: 'A clock that is out' }));
  const reject = {
    decision: 'reject',
    by: 'ana',
    revision: 1,
    gate: 'publish',
    note: 'Off voice.',
    at: minute(5),
    counted: true,
  } as const;
  const skipped = waitingPost(REJECTED).pipeline.map((row) => ({
    ...row,
    ...(row.step === 'review' || row.step === 'publish' ? { state: 'skipped' as const } : {}),
  }));
  const rejected = { status: 'rejected', gate: null, review: [reject], pipeline: skipped } as const;
  await desk.savePost(waitingPost(REJECTED, rejected));
}, OPENING_MS);
afterAll(() => desk.close());

const page = async (path: string): Promise<string> => (await desk.getSignedIn(path)).text();
/** The ids of the rows of a page, in order. */
const rows = async (path: string): Promise<string[]> =>
  [...(await page(path)).matchAll(/<li class="row" id="row-(\w+)"/g)].map(([, id]) => id as string);
/** The row of a post, without tags. */
const row = async (path: string, id: string): Promise<string> => {
  const [, html = ''] = (await page(path)).split(`id="row-${id}"`);
  return (html.split('</li>')[0] ?? '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};

describe('the queue', () => {
  it('is what waits and what is blocked, by account, the oldest first', async () => {
    expect(await rows('/desk')).toEqual([FIRST, SECOND, BLOCKED, REMINDED]);
  });
  it.each([
    ['?status=blocked', [BLOCKED]],
    ['?status=scheduled', [SCHEDULED]],
    ['?status=published', [PUBLISHED]],
    ['?status=rejected', [REJECTED]],
    ['?account=pier', [REMINDED]],
    ['?q=second', [SECOND]],
    ['?q=SECOND+clock', [SECOND]],
    ['?q=clock&status=scheduled', [SCHEDULED]],
    ['?batch=BatchBatch02', [REMINDED]],
    ['?q=nowhere', []],
    ['?account=nobody', []],
  ])('%s', async (search, ids) => expect(await rows(`/desk${search}`)).toEqual(ids));
  it.each(['?status=lost', '?account=..', '?batch=1', "?cursor='"])(
    '%s is refused in a line',
    async (search) => {
      const answer = await desk.getSignedIn(`/desk${search}`);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('is not')]);
    },
  );

  it('says of a post what is needed to choose it', async () => {
    expect(await row('/desk', REMINDED)).toMatch(
      /@pier .*(ago|just now) .*before pictures reminded 1 check missed/,
    );
    expect(await row('/desk', BLOCKED)).toContain('blocked');
    expect(await row('/desk?status=scheduled', SCHEDULED)).toContain('Jul 2, 9:00 AM');
    expect(await page('/desk')).toContain(`src="/assets/${FIRST}_hero.png?w=240" alt=""`);
  });
  it('says once that it is an offline sample', async () => {
    expect((await page('/desk')).match(/offline sample/g)).toHaveLength(1);
    expect(await page('/desk?account=pier')).not.toContain('offline sample');
  });
  it('counts in the bar', async () => {
    const bar = (await page('/desk?part=bar')).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(bar).toContain('Queue 3 Blocked 1 Scheduled 1 Published');
  });
  it('gives its rows alone', async () => {
    const part = await page(`/desk?part=list&shown=${SECOND}`);
    expect(part).not.toContain('<html');
    expect(part.match(/aria-current="true"/g)).toHaveLength(1);
  });
});

describe('a post at the desk', () => {
  const text = async (path: string): Promise<string> =>
    (await page(path))
      .replace(/<[^>]*>/g, ' ')
      .replaceAll('&#39;', "'")
      .replace(/\s+/g, ' ');

  it('stands beside the list that its address names, with a way back', async () => {
    expect(await rows(`/desk/posts/${SECOND}`)).toEqual([FIRST, SECOND, BLOCKED, REMINDED]);
    const html = await page(`/desk/posts/${SECOND}?account=harbor`);
    expect(html).toContain('href="/desk?account=harbor"');
    expect(html).toContain(`href="/desk/posts/${FIRST}?account=harbor" rel="prev"`);
    expect(html).toContain(`href="/desk/posts/${BLOCKED}?account=harbor" rel="next"`);
  });
  it('carries the revision and the gate that were shown', async () => {
    const html = await page(`/desk/posts/${REMINDED}`);
    expect(html).toContain('name="revision" value="1"');
    expect(html).toContain('name="gate" value="media"');
    // Before pictures are paid for, there is nothing to publish yet.
    expect(html).not.toContain('name="publishAt"');
  });
  it('says why it is blocked, and how it goes on', async () => {
    const shown = await text(`/desk/posts/${BLOCKED}`);
    expect(shown).toContain('blocked : You exceeded your current quota.');
    expect(shown).toContain('Provider.QuotaUsedUp · request req_1');
    expect(shown).toMatch(/ Resume .* Reject /);
    expect(await page(`/desk/posts/${BLOCKED}`)).not.toContain(APPROVE);
  });
  it.each([
    [SCHEDULED, 'goes out Jul 2, 9:00 AM'],
    [PUBLISHED, 'its public page'],
    [REJECTED, 'Review rejected'],
  ])('%s is shown in any state', async (id, words) => {
    const shown = await text(`/desk/posts/${id}`);
    expect(shown).toContain(words);
    expect(await page(`/desk/posts/${id}`)).not.toContain(APPROVE);
  });
  it('that there is not is not found', async () => {
    for (const id of ['NoSuchPost01', '..%2Fx', 'x'])
      expect((await desk.getSignedIn(`/desk/posts/${id}`)).status).toBe(404);
  });
  it('is a form when it is edited, with the counters of the house style', async () => {
    const html = await page(`/desk/posts/${FIRST}?edit=1`);
    expect(html).toMatch(/<textarea id="edit-title-\w+" name="title"[^>]*>The first clock<\/textarea>/);
    expect(html).toContain('15 of 90 characters');
    expect(html).toContain('2 of 3 to 5 hashtags');
    expect(html).toContain('>#harbor #tides</textarea>');
  });
});
