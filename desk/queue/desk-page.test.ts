import { beforeAll, describe, expect, it } from 'vitest';
import type { ReviewEntry } from '../../contract/status.js';
import { sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { pageText, useDesk } from '../testing/use-desk.js';

const [FIRST, SECOND, BLOCKED, REMINDED] = ['HarborPost01', 'HarborPost02', 'HarborBlock1', 'PierPost0001'];
const [SCHEDULED, PUBLISHED, REJECTED] = ['Scheduled001', 'PublicPost01', 'RejectedPos1'];
const QUEUE = [FIRST, SECOND, BLOCKED, REMINDED];

const minute = (n: number): string => `2026-06-28T14:${String(n).padStart(2, '0')}:00.000Z`;

const APPROVE = '>Approve</button>';

const desk = useDesk();
beforeAll(async () => {
  await desk.saveBatch(sampleBatch({ offline: true }));
  const pier = sampleAccount({ handle: 'pier', name: 'Pier', timeZone: 'America/New_York' });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
  await desk.savePost(waitingPost(SECOND, { createdAt: minute(2), title: 'The second clock' }));
  await desk.savePost(waitingPost(FIRST, { createdAt: minute(1), title: 'The first clock', offline: true }));
  const message = 'You exceeded your current quota.';
  const error = { type: 'Provider.QuotaUsedUp', message, requestId: 'req_1' };
  await desk.savePost(waitingPost(BLOCKED, { createdAt: minute(3), status: 'blocked', gate: null, error }));
  const ofPier = { account: 'pier', batchId: 'BatchBatch02', createdAt: minute(0) };
  const checks = [{ rule: 'caption.length', ok: false, detail: '263 characters, at most 240' }];
  await desk.savePost(waitingPost(REMINDED, { ...ofPier, checks, gate: 'media' }), minute(30));
  const later = { slot: '2026-07-02T07:00:00.000Z', publishedAt: null, title: 'A later clock' };
  await desk.savePost(samplePost(SCHEDULED, { ...later, status: 'scheduled' }));
  const failed = { type: 'Target.SignIn', message: 'social: no', requestId: null };
  await desk.publish(samplePost(PUBLISHED, { title: 'A clock that is out', error: failed }));
  const review: ReviewEntry[] = [{ ...samplePost(REJECTED).review[0]!, decision: 'reject' }];
  const pipeline = waitingPost(REJECTED).pipeline.map((row) =>
    row.step === 'review' || row.step === 'publish' ? { ...row, state: 'skipped' as const } : row,
  );
  await desk.savePost(waitingPost(REJECTED, { status: 'rejected', gate: null, review, pipeline }));
});

const page = async (path: string): Promise<string> => (await desk.getSignedIn(path)).text();
/** What stands on a page or a part of one. */
const text = (html: string): Promise<string> => pageText(new Response(html.replaceAll('<', ' <')));
/** The ids of the rows of a page, in order. */
const rows = async (path: string): Promise<string[]> =>
  [...(await page(path)).matchAll(/<li class="row" id="row-(\w+)"/g)].map(([, id]) => id as string);
const row = async (path: string, id: string): Promise<string> =>
  text((await page(path)).split(`id="row-${id}"`)[1]?.split('</li>')[0] ?? '');

describe('the queue', () => {
  it.each([
    // What waits and what is blocked, by account, the oldest first.
    ['', QUEUE],
    ['?status=blocked', [BLOCKED]],
    ['?status=rejected', [REJECTED]],
    ['?account=pier', [REMINDED]],
    ['?q=SECOND+clock', [SECOND]],
    ['?q=clock&status=scheduled', [SCHEDULED]],
    ['?batch=BatchBatch02', [REMINDED]],
    ['?account=nobody', []],
  ])('%s', async (search, ids) => expect(await rows(`/desk${search}`)).toEqual(ids));

  it('refuses an address that is none in a line', async () => {
    const answer = await desk.getSignedIn("/desk?cursor='");
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('is not')]);
  });

  it('says of a post what is needed to choose it', async () => {
    const reminded = /@pier .*(ago|just now) .*before pictures reminded 1 check missed/;
    expect(await row('/desk', REMINDED)).toMatch(reminded);
    expect(await row('/desk', BLOCKED)).toContain('blocked');
    expect(await row('/desk?status=published', PUBLISHED)).toContain('published target failed');
    expect(await row('/desk?status=scheduled', SCHEDULED)).toContain('Jul 2, 09:00');
    const tokyo = { Cookie: 'copydesk_zone=Asia%2FTokyo' };
    const theirs = await pageText(desk.getSignedIn(`/desk/posts/${SCHEDULED}?status=scheduled`, tokyo));
    expect(theirs).toMatch(/Jul 2, 16:00.*goes out Jul 2, 16:00 Tokyo \(Jul 2, 09:00 Warsaw\)/);
    expect(await page('/desk')).toContain(`src="/assets/${FIRST}_hero.png?w=240" alt=""`);
  });

  it('says once that it is an offline sample', async () => {
    expect((await page('/desk')).match(/offline sample/g)).toHaveLength(1);
    expect(await page('/desk?account=pier')).not.toContain('offline sample');
  });

  it('counts in the bar', async () => {
    const bar = await text(await page('/desk?part=bar'));
    expect(bar).toContain('Queue 3 Needs attention 2 Scheduled 1 Published');
  });

  it('gives its rows alone', async () => {
    const part = await page(`/desk?part=list&shown=${SECOND}`);
    expect(part).not.toContain('<html');
    expect(part.match(/aria-current="true"/g)).toHaveLength(1);
  });
});

describe('a post at the desk', () => {
  it('stands beside the list that its address names, with a way back', async () => {
    expect(await rows(`/desk/posts/${SECOND}`)).toEqual(QUEUE);
    const html = await page(`/desk/posts/${SECOND}?account=harbor`);
    expect(html).toContain('href="/desk?account=harbor"');
    expect(html).toContain(`href="/desk/posts/${FIRST}?account=harbor" rel="prev"`);
    expect(html).toContain(`href="/desk/posts/${BLOCKED}?account=harbor" rel="next"`);
  });

  it('carries the revision and the gate that were shown', async () => {
    const html = await page(`/desk/posts/${REMINDED}`);
    for (const field of ['name="revision" value="1"', 'name="gate" value="media"'])
      expect(html).toContain(field);
    // Before pictures are paid for, there is nothing to publish yet.
    expect(html).not.toContain('name="publishAt"');
  });

  it('says where it goes and when, and shows no ids before its record', async () => {
    const shown = await text(await page(`/desk/posts/${FIRST}`));
    expect(shown).toMatch(/awaiting approval → feed · now .* Approve .* Plan .* batch BatchBatch01/);
    expect(shown.indexOf('BatchBatch01')).toBeGreaterThan(shown.indexOf('Pipeline'));
  });

  it('that was revised opens with what was asked and what changed', async () => {
    const id = 'RevisedPost1';
    const review: ReviewEntry[] = [
      { ...samplePost(id).review[0]!, decision: 'revise', revision: 1, note: 'Say it shorter.' },
    ];
    await desk.savePost(waitingPost(id));
    await desk.savePost(waitingPost(id, { revision: 2, review, caption: 'Two times.' }));
    const shown = await text(await page(`/desk/posts/${id}`));
    expect(shown).toMatch(/Changed since revision 1 Asked: Say it shorter\. .*Two times.*Approve/);
    await desk.savePost(waitingPost(id, { status: 'rejected', gate: null, revision: 2 }));
  });

  it('says why it is blocked, and how it goes on', async () => {
    const html = await page(`/desk/posts/${BLOCKED}`);
    const shown = await text(html);
    expect(shown).toContain('blocked : You exceeded your current quota.');
    expect(shown).toContain('Provider.QuotaUsedUp · request req_1');
    expect(shown).toMatch(/ Resume .* Reject /);
    expect(html).not.toContain(APPROVE);
  });

  it.each([
    [SCHEDULED, 'goes out Jul 2, 09:00'],
    [PUBLISHED, 'its public page'],
    [REJECTED, 'Review rejected'],
  ])('%s is shown in any state', async (id, words) => {
    const html = await page(`/desk/posts/${id}`);
    expect(await text(html)).toContain(words);
    expect(html).not.toContain(APPROVE);
  });

  it.each(['NoSuchPost01', '..%2Fx', 'x'])('that there is not, %s, is not found', async (id) => {
    expect((await desk.getSignedIn(`/desk/posts/${id}`)).status).toBe(404);
  });

  it('is a form when it is edited, with the counters of the house style', async () => {
    const html = await page(`/desk/posts/${FIRST}?edit=1`);
    expect(html).toMatch(/<textarea id="edit-title-\w+" name="title"[^>]*>The first clock<\/textarea>/);
    for (const shown of ['15 of 90 characters', '2 of 3 to 5 hashtags', '>#harbor #tides</textarea>'])
      expect(html).toContain(shown);
  });
});
