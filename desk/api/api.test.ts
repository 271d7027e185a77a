import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { charge } from '../../services/archive/sample-records.js';
import { OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';

const PUBLIC = 'PublicPost01';
const DISCREET = 'DeskPost0001';
const WAITING = 'WaitingPost1';
const YOUNG = 'YoungPost001';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch(sampleBatch({ offline: true }));
  await desk.publish(samplePost(PUBLIC));
  await desk.savePost(waitingPost(WAITING));
  const pier = sampleAccount({ handle: 'pier', record: 'desk' });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
  await desk.publish(samplePost(DISCREET, { account: 'pier', batchId: 'BatchBatch02', offline: true }));
}, OPENING_MS);
afterAll(() => desk.close());

const json = async (answer: Response | Promise<Response>): Promise<any> => (await answer).json();

describe('a post, for strangers', () => {
  it('is whole when its account keeps a public record', async () => {
    const answer = await desk.get(`/api/posts/${PUBLIC}`);
    expect(answer.headers.get('content-type')).toContain('application/json');
    const document = await json(answer);
    expect(document).toMatchObject({
      id: PUBLIC,
      status: 'published',
      costUsd: 0.0642,
      planner: 'ships_and_ports',
    });
    expect(document.pipeline).toHaveLength(5);
    expect(document.pipeline[2]).toMatchObject({
      model: 'fal-ai/flux-pro/v1.1-ultra',
      costUsd: 0.06,
      apiSeconds: 23.8,
    });
    expect(document.notice).toBeUndefined();
  });

  it('is only what was published when the record stays at the desk', async () => {
    const document = await json(desk.get(`/api/posts/${DISCREET}`));
    expect(Object.keys(document).sort()).toEqual(
      [
        ...['id', 'account', 'contentFormat', 'status', 'title', 'body', 'caption', 'hashtags', 'altText'],
        ...['publications', 'publishedAt', 'models', 'offline', 'notice'],
      ].sort(),
    );
    expect(document).toMatchObject({
      status: 'published',
      hashtags: ['harbor', 'tides'],
      notice: 'offline sample',
    });
    // What a stand-in made, no model did.
    expect(document.models).toEqual([]);
  });

  it.each([WAITING, 'NoSuchPost01', 'nonsense'])('%s is not there', async (id) => {
    const answer = await desk.get(`/api/posts/${id}`);
    expect(answer.status).toBe(404);
    expect((await json(answer)).error.message).toContain(id);
  });

  it('stays hidden from a wrong token', async () => {
    const answer = await desk.get(`/api/posts/${WAITING}`, { Authorization: 'Bearer wrong' });
    expect(answer.status).toBe(404);
  });
});

describe('a post, with the token', () => {
  it('is whole whatever its account shows', async () => {
    expect(await json(desk.getSignedIn(`/api/posts/${DISCREET}`))).toMatchObject({
      costUsd: 0.0642,
      notice: 'offline sample',
    });
  });

  it('comes from the running workflow before the archive', async () => {
    desk.running.posts.set(WAITING, waitingPost(WAITING, { revision: 2, title: 'As it runs' }));
    expect(await json(desk.getSignedIn(`/api/posts/${WAITING}`))).toMatchObject({
      revision: 2,
      title: 'As it runs',
    });
    desk.running.posts.delete(WAITING);
    expect(await json(desk.getSignedIn(`/api/posts/${WAITING}`))).toMatchObject({ revision: 1 });
  });

  it('comes from the archive once it is final', async () => {
    desk.running.posts.set(PUBLIC, samplePost(PUBLIC, { title: 'Not asked for' }));
    expect((await json(desk.getSignedIn(`/api/posts/${PUBLIC}`))).title).toBe(samplePost(PUBLIC).title);
  });

  it('is there before its first record', async () => {
    desk.running.posts.set(
      YOUNG,
      waitingPost(YOUNG, { status: 'drafting', account: 'unheard', pipeline: [] }),
    );
    expect(await json(desk.getSignedIn(`/api/posts/${YOUNG}`))).toMatchObject({
      id: YOUNG,
      status: 'drafting',
    });
  });

  it('comes from the archive while the server can not be reached', async () => {
    desk.reachable = false;
    const known = await desk.getSignedIn(`/api/posts/${WAITING}`);
    const unknown = await desk.getSignedIn('/api/posts/NoSuchPost01');
    desk.reachable = true;
    expect(await json(known)).toMatchObject({ status: 'awaiting_approval' });
    expect(unknown.status).toBe(503);
    expect((await json(unknown)).error.message).toContain('Temporal');
  });
});

describe('lists and batches', () => {
  it.each([
    '/api/posts',
    '/api/posts?waiting=1',
    '/api/batches',
    '/api/batches/BatchBatch01',
    '/api/costs',
    '/api/else',
  ])('%s needs the token', async (path) => {
    for (const headers of [{}, { Authorization: 'Bearer wrong' }, { Authorization: 'Basic eA==' }]) {
      const answer = await desk.get(path, headers as Record<string, string>);
      expect(answer.status).toBe(401);
      expect((await json(answer)).error.message).toContain('token');
    }
  });

  it('lists what waits, by account', async () => {
    const { posts } = await json(desk.getSignedIn('/api/posts?waiting=1'));
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({ id: WAITING, gate: 'publish', revision: 1, costUsd: 0.0642 });
    expect(await json(desk.getSignedIn('/api/posts?waiting=1&account=pier'))).toEqual({
      posts: [],
      next: null,
    });
    expect((await json(desk.getSignedIn('/api/posts'))).posts).toHaveLength(3);
  });

  it('answers in pages, narrowed as asked, and says where the next one begins', async () => {
    const first = await json(desk.getSignedIn('/api/posts?limit=2'));
    const second = await json(desk.getSignedIn(`/api/posts?limit=2&cursor=${first.next}`));
    const ids = [...first.posts, ...second.posts].map((post: { id: string }) => post.id);
    expect([first.posts.length, second.posts.length, second.next]).toEqual([2, 1, null]);
    expect(new Set(ids)).toEqual(new Set([PUBLIC, DISCREET, WAITING]));
    const found = async (query: string) =>
      (await json(desk.getSignedIn(`/api/posts?${query}`))).posts.map((post: { id: string }) => post.id);
    expect(await found('status=awaiting_approval')).toEqual([WAITING]);
    expect(await found('batch=BatchBatch02&q=HARBOR+clock')).toEqual([DISCREET]);
    expect(await found('q=harbor+zeppelin')).toEqual([]);
    const batches = await json(desk.getSignedIn('/api/batches?limit=1'));
    expect(batches.batches).toHaveLength(1);
    expect((await json(desk.getSignedIn(`/api/batches?cursor=${batches.next}`))).batches).toHaveLength(1);
    const refused = await desk.getSignedIn('/api/posts?status=waiting');
    expect([refused.status, (await json(refused)).error.field]).toEqual([400, 'status']);
  });

  it('lists the batches', async () => {
    const { batches } = await json(desk.getSignedIn('/api/batches'));
    expect(batches.map((batch: { id: string }) => batch.id).sort()).toEqual(['BatchBatch01', 'BatchBatch02']);
  });

  it('shows a batch, the running workflow first', async () => {
    const path = '/api/batches/BatchBatch01';
    expect(await json(desk.getSignedIn(path))).toMatchObject({ status: 'running', notice: 'offline sample' });
    desk.running.batches.set('BatchBatch01', sampleBatch({ status: 'paused' }));
    expect(await json(desk.getSignedIn(path))).toMatchObject({ status: 'paused' });
    expect((await desk.getSignedIn('/api/batches/NoSuchBatch1')).status).toBe(404);
  });

  it('sums the costs by a key, from a date on, and counts what stand-ins charged', async () => {
    const [real, offline] = [charge('draft', { amount: 42 }), charge('draft', { offline: true })];
    const batch = sampleBatch({ id: 'BatchBatch03', account: 'quay' });
    const account = sampleAccount({ handle: 'quay' });
    await desk.archive.records.saveBatch({ sequence: 99, status: batch, account, charges: [real, offline] });
    const sums = { costUsd: 42e-9, wastedUsd: 0, unknownUsd: 0, charges: 1 };
    const costs = (query: string) => json(desk.getSignedIn(`/api/costs${query}`));
    const total = { key: 'total', ...sums };
    expect(await costs('')).toEqual({ rows: [{ key: '2026-11-24', ...sums }], total, offlineCharges: 1 });
    expect((await costs('?by=account&since=2026-11-24')).rows).toEqual([{ key: 'quay', ...sums }]);
    expect(await costs('?by=&since=2026-11-24T12:00:00Z')).toMatchObject({ rows: [], offlineCharges: 0 });
  });

  it.each([
    ['by', 'by=week', /by='week' is not one of day, account, planner, model, step/],
    ['by', 'by=constructor', /by='constructor' is not one of/],
    ['since', 'since=2026-02-30', /since='2026-02-30' is not a date such as/],
    ['since', 'since=2026-11-24T12:00:00', /with its zone/],
    ['since', `since=${encodeURIComponent("1' or 1=1")}`, /since='1' or 1=1' is not a date/],
  ])('refuses costs for a %s it does not know: %s', async (field, query, message) => {
    const answer = await desk.getSignedIn(`/api/costs?${query}`);
    expect(answer.status).toBe(400);
    const { error } = await json(answer);
    expect(error).toEqual({ field, message: expect.stringMatching(message) });
  });

  it('knows an account by its file or by its batches, and answers 404 for another', async () => {
    await desk.writeAccount('lighthouse', 'broken: [');
    for (const account of ['harbor', 'lighthouse']) {
      const answer = await desk.getSignedIn(`/api/posts?account=${account}&waiting=1`);
      expect([account, answer.status]).toEqual([account, 200]);
    }
    await desk.writeAccount('pier', null);
    expect((await desk.getSignedIn('/api/posts?account=pier&waiting=1')).status).toBe(200);
    const unknown = await desk.getSignedIn('/api/posts?account=peer');
    expect([unknown.status, await json(unknown)]).toEqual([
      404,
      { error: { message: "account='peer' has no file and no posts; did you mean pier?", field: 'account' } },
    ]);
    expect((await desk.get('/api/posts?account=peer')).status).toBe(401);
  });

  it('answers an unknown address as JSON', async () => {
    const answer = await desk.getSignedIn('/api/else');
    expect(answer.status).toBe(404);
    expect((await json(answer)).error.message).toContain('/api/else');
  });
});
