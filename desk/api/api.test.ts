/** What is read over the API, by strangers and with the token. */
import { beforeAll, describe, expect, it } from 'vitest';
import { shown } from '../../contract/shown.js';
import { charge } from '../../services/archive/sample-records.js';
import { pageText, useDesk } from '../testing/use-desk.js';
import { accountFileText, sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { askApi } from './testing/ask-api.js';

const [PUBLIC, DISCREET, WAITING, YOUNG] = ['PublicPost01', 'DeskPost0001', 'WaitingPost1', 'YoungPost001'];
const BATCH = 'BatchBatch01';

const PUBLICATIONS = ['feed', 'bluesky', 'webhook'].map((target) => {
  const url = `https://${target === 'webhook' ? 'hooks' : target}.example`;
  return { target, url, at: '2026-05-11T13:18:00.000Z', removedAt: null };
});

const desk = useDesk();
beforeAll(async () => {
  await desk.saveBatch(sampleBatch({ offline: true }));
  await desk.publish(samplePost(PUBLIC));
  await desk.savePost(waitingPost(WAITING));
  const targets = PUBLICATIONS.map(({ target }) => ({ kind: target, name: target, settings: {} }));
  const pier = sampleAccount({ handle: 'pier', record: 'desk', targets });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
  const discreet = samplePost(DISCREET, { account: 'pier', batchId: 'BatchBatch02', offline: true });
  await desk.publish(discreet);
  await desk.savePost({ ...discreet, publications: PUBLICATIONS });
});

const ask = (path: string) => askApi(desk, 'GET', path);
const read = async (path: string) => (await ask(path))[1];
const asStranger = (path: string, headers = {}) => askApi(desk, 'GET', path, { headers });

describe('a post, for strangers', () => {
  it('is whole when its account keeps a public record', async () => {
    const [, document, headers] = await asStranger(`/api/posts/${PUBLIC}`);
    expect(headers.get('content-type')).toContain('application/json');
    expect(document).toMatchObject({ id: PUBLIC, status: 'published', costUsd: 0.0642, chatReferences: [] });
    const picture = { model: 'fal-ai/flux-pro/v1.1-ultra', costUsd: 0.06, apiSeconds: 23.8 };
    expect([document.pipeline.length, document.pipeline[2]]).toEqual([5, expect.objectContaining(picture)]);
    expect(document.notice).toBeUndefined();
  });

  it('is only what was published when the record stays at the desk', async () => {
    const [, document] = await asStranger(`/api/posts/${DISCREET}`);
    expect(new Set(Object.keys(document as object))).toEqual(
      new Set([
        ...['id', 'account', 'contentFormat', 'status', 'title', 'body', 'caption', 'hashtags', 'altText'],
        ...['publications', 'publishedAt', 'models', 'offline', 'notice'],
      ]),
    );
    // What a stand-in made, no model did.
    const shown = {
      status: 'published',
      hashtags: ['harbor', 'tides'],
      notice: 'offline sample',
      models: [],
    };
    expect(document).toMatchObject(shown);
  });

  it('does not say where programs got it when the record stays at the desk', async () => {
    const [, document] = await asStranger(`/api/posts/${DISCREET}`);
    expect(document.publications).toEqual(PUBLICATIONS.slice(0, 2));
    expect(await desk.text(`/@pier/posts/${DISCREET}`)).not.toContain('hooks.example');
    expect((await read(`/api/posts/${DISCREET}`)).publications).toEqual(PUBLICATIONS);
  });

  it.each([
    [WAITING, {}],
    [WAITING, { Authorization: 'Bearer wrong' }],
    ['NoSuchPost01', {}],
    ['nonsense', {}],
  ])('%s, asked with %j, is not there', async (id, headers) => {
    const [status, { error }] = await asStranger(`/api/posts/${id}`, headers);
    expect([status, error.message]).toEqual([404, expect.stringContaining(id)]);
  });
});

describe('a post, with the token', () => {
  it('is whole whatever its account shows', async () => {
    const document = await read(`/api/posts/${DISCREET}`);
    expect(document).toMatchObject({ costUsd: 0.0642, notice: 'offline sample' });
  });

  it('comes from the running workflow before the archive, and from the archive once it is final', async () => {
    desk.running.posts.set(WAITING, waitingPost(WAITING, { revision: 2, title: 'As it runs' }));
    desk.running.posts.set(PUBLIC, samplePost(PUBLIC, { title: 'Not asked for' }));
    expect(await read(`/api/posts/${WAITING}`)).toMatchObject({ revision: 2, title: 'As it runs' });
    expect((await read(`/api/posts/${PUBLIC}`)).title).toBe(samplePost(PUBLIC).title);
    desk.running.posts.clear();
    expect(await read(`/api/posts/${WAITING}`)).toMatchObject({ revision: 1 });
  });

  it('is there before its first record', async () => {
    const young = waitingPost(YOUNG, { status: 'drafting', account: 'unheard', pipeline: [] });
    desk.running.posts.set(YOUNG, young);
    expect(await read(`/api/posts/${YOUNG}`)).toMatchObject({ id: YOUNG, status: 'drafting' });
  });

  it('comes from the archive while Temporal is away; one that only Temporal may know is 503', async () => {
    desk.reachable = false;
    const known = await read(`/api/posts/${WAITING}`);
    const [status, { error }] = await ask('/api/posts/NoSuchPost01');
    desk.reachable = true;
    expect(known).toMatchObject({ status: 'awaiting_approval' });
    expect([status, error.message]).toEqual([503, expect.stringContaining('Temporal did not answer')]);
  });
});

it.each([`/api/posts/${YOUNG}`, '/api/posts/%C2%9B31m%E2%80%AE', '/api/posts?status=%C2%9B31m%E2%80%AE'])(
  'the answer of %s holds nothing that a terminal obeys, and means what was written',
  async (path) => {
    const title = 'a\u009b31m\u202eb\u2028';
    desk.running.posts.set(YOUNG, waitingPost(YOUNG, { title, account: 'unheard' }));
    const text = await desk.textSignedIn(path);
    expect(text).toBe(shown(text));
    expect(JSON.stringify(JSON.parse(text))).toContain('\u009b31m\u202e');
  },
);

describe('lists and batches', () => {
  it('lists what waits, by account', async () => {
    const { posts } = await read('/api/posts?waiting=1');
    expect(posts).toMatchObject([{ id: WAITING, gate: 'publish', revision: 1, costUsd: 0.0642 }]);
    expect(await read('/api/posts?waiting=1&account=pier')).toEqual({ posts: [], next: null });
  });

  it('answers in pages, narrowed as asked, and says where the next one begins', async () => {
    const ids = async (query: string) =>
      (await read(`/api/posts?${query}`)).posts.map((post: { id: string }) => post.id);
    const first = await read('/api/posts?limit=2');
    const second = await read(`/api/posts?limit=2&cursor=${first.next}`);
    expect([first.posts.length, second.posts.length, second.next]).toEqual([2, 1, null]);
    const all = [...first.posts, ...second.posts].map((post: { id: string }) => post.id);
    expect(new Set(all)).toEqual(new Set([PUBLIC, DISCREET, WAITING]));
    expect(await ids('status=awaiting_approval')).toEqual([WAITING]);
    expect(await ids('status=published&account=harbor&q=harbor%20clock&limit=1')).toEqual([PUBLIC]);
    expect(await ids('batch=BatchBatch02&q=HARBOR+clock')).toEqual([DISCREET]);
    expect(await ids('q=harbor+zeppelin')).toEqual([]);
    const { batches, next } = await read('/api/batches?limit=1');
    expect(batches).toHaveLength(1);
    const rest = (await read(`/api/batches?cursor=${next}`)).batches;
    expect([...batches, ...rest].map(({ id }) => id).toSorted()).toEqual([BATCH, 'BatchBatch02']);
  });

  it('shows a batch, the running workflow first', async () => {
    const path = `/api/batches/${BATCH}`;
    expect(await read(path)).toMatchObject({ status: 'running', notice: 'offline sample' });
    desk.running.batches.set(BATCH, sampleBatch({ status: 'paused' }));
    expect(await read(path)).toMatchObject({ status: 'paused' });
  });

  it('knows an account by its file or by its batches, and answers 404 for another', async () => {
    await desk.writeAccount('lighthouse', 'broken: [');
    await desk.writeAccount('pier', null);
    const [unknown, { error }] = await ask('/api/posts?account=peer');
    const known = ['harbor', 'lighthouse', 'pier'].map((handle) =>
      ask(`/api/posts?account=${handle}&waiting=1`),
    );
    expect((await Promise.all(known)).map(([status]) => status)).toEqual([200, 200, 200]);
    const message = "account='peer' has no file and no posts; did you mean pier?";
    expect([unknown, error]).toEqual([404, { message, field: 'account' }]);
    await desk.writeAccount('lighthouse', null);
  });

  it('answers an unknown address as JSON, to who has the token', async () => {
    const answers = [await desk.getSignedIn('/api/else'), await desk.get('/api/else')];
    expect(answers.map(({ status }) => status)).toEqual([404, 401]);
    const [there, token] = await Promise.all(answers.map((answer) => answer.json()));
    expect([there, token]).toMatchObject([
      { error: { message: expect.stringContaining('/api/else') } },
      { error: { message: expect.stringContaining('token') } },
    ]);
  });
});

describe('money', () => {
  it('is summed by a key, from a date on; what stand-ins charged is counted', async () => {
    const charges = [charge('draft', { amount: 42 }), charge('draft', { offline: true })];
    const batch = sampleBatch({ id: 'BatchBatch03', account: 'quay' });
    const account = sampleAccount({ handle: 'quay' });
    await desk.archive.records.saveBatch({ sequence: 99, status: batch, account, charges });
    const sums = { costUsd: 42e-9, wastedUsd: 0, unknownUsd: 0, charges: 1 };
    const total = { key: 'total', ...sums };
    const rows = [{ key: '2026-11-24', ...sums }];
    expect(await read('/api/costs')).toEqual({ rows, total, offlineCharges: 1 });
    expect((await read('/api/costs?by=account&since=2026-11-24')).rows).toEqual([{ key: 'quay', ...sums }]);
    const none = await read('/api/costs?by=&since=2026-11-24T12:00:00Z');
    expect(none).toMatchObject({ rows: [], offlineCharges: 0 });
  });

  it('that was billed stands beside the cost where the costs are shown, once a bill is known', async () => {
    const pages = { [PUBLIC]: `/@harbor/posts/${PUBLIC}`, [DISCREET]: `/@pier/posts/${DISCREET}` };
    const billed = 'total · billed $0.05, $0.0060 less than counted · published';
    expect(await read(`/api/posts/${PUBLIC}`)).not.toHaveProperty('billedUsd');
    expect(await pageText(desk.get(pages[PUBLIC]!))).not.toContain('billed');
    for (const postId of [PUBLIC, DISCREET, WAITING]) {
      const requestId = `request-of-${postId}`;
      const payer = { account: 'harbor', planner: 'ships_and_ports', batchId: BATCH, postId };
      await desk.archive.ledger.settle({ payer, charges: [charge('hero_image', { requestId })] });
      const bill = { amount: 54_000_000, units: '1', at: '2026-05-12T10:00:00.000Z' };
      await desk.archive.ledger.saveBills([{ ...bill, requestId }]);
    }
    desk.running.posts.set(WAITING, waitingPost(WAITING, { title: 'As it runs' }));
    expect((await asStranger(`/api/posts/${PUBLIC}`))[1]).toMatchObject({
      costUsd: 0.0642,
      billedUsd: 0.054,
    });
    expect(await pageText(desk.get(pages[PUBLIC]!))).toContain(billed);
    expect((await asStranger(`/api/posts/${DISCREET}`))[1]).not.toHaveProperty('billedUsd');
    expect(await pageText(desk.get(pages[DISCREET]!))).not.toContain('billed');
    expect(await read(`/api/posts/${DISCREET}`)).toMatchObject({ billedUsd: 0.054 });
    expect(await pageText(desk.getSignedIn(pages[DISCREET]!))).toContain(billed);
    expect(await read(`/api/posts/${WAITING}`)).toMatchObject({ title: 'As it runs', billedUsd: 0.054 });
  });
});

describe('an account', () => {
  it('has its planners, formats, targets, and what is wrong in its file', async () => {
    await desk.writeAccount('pier', 'name: Pier\nbio: [');
    const { accounts } = await read('/api/accounts');
    await desk.writeAccount('pier', null);
    const planners = [{ name: 'ships_and_ports', covers: 'Ports.' }];
    const formats = ['video', 'hero_text'];
    const harbor = {
      handle: 'harbor',
      name: 'Harbor Notes',
      planners,
      formats,
      targets: ['feed'],
      problems: [],
    };
    const problems = [expect.objectContaining({ line: 2, field: 'file' })];
    expect(accounts).toEqual([harbor, expect.objectContaining({ handle: 'pier', name: null, problems })]);
  });

  it('has its slots to come, and the posts that have them', async () => {
    const slots = { week: { wed: ['12:15'], sun: ['17:30'] }, missed: 'late' } as const;
    await desk.writeAccount('harbor', accountFileText(sampleAccount({ slots })));
    const take = (postId: string, day: string) =>
      desk.archive.slots.takeAt({ account: 'harbor', sequence: 1, postId }, `2026-07-${day}T10:15:00.000Z`);
    await take(WAITING, '01');
    await take('BesidePost01', '01');
    await take('BetweenPost1', '02');
    expect(await read('/api/slots?account=harbor&weeks=1')).toEqual({
      timeZone: 'Europe/Warsaw',
      slots: [
        { at: '2026-06-28T15:30:00.000Z', postId: null, title: null },
        { at: '2026-07-01T10:15:00.000Z', postId: WAITING, title: waitingPost(WAITING).title },
      ],
    });
    expect((await read('/api/slots?account=harbor')).slots).toHaveLength(4);
    await desk.writeAccount('harbor', accountFileText(sampleAccount()));
    expect(await read('/api/slots?account=harbor')).toEqual({ slots: [], timeZone: 'Europe/Warsaw' });
  });
});

it('has its own description', async () => expect((await ask('/api/openapi.json'))[0]).toBe(200));

it.each<[query: string, status: number, field: string, message: RegExp]>([
  ['posts?limit=0', 400, 'limit', /^limit='0' is less than the 1 allowed$/],
  ['posts?limit=201', 400, 'limit', /^limit='201' is more than the 200 allowed$/],
  ['posts?limit=ten', 400, 'limit', /^limit='ten' is not a number$/],
  ['posts?status=waiting', 400, 'status', /^status='waiting' is not one of drafting, /],
  ['posts?cursor=1%27', 400, 'cursor', /^cursor='1'' is not the 'next' of an answer$/],
  ['posts?batch=x', 400, 'batch', /^batch='x' is not an id/],
  ['posts?waiting=yes', 400, 'waiting', /^waiting='yes' is not one of 0, 1$/],
  ['posts?waiting=1&status=published', 400, 'waiting', /exclude each other/],
  ['posts?waiting=1&waiting=1', 400, 'waiting', /given 2 times; give it once$/],
  ['posts?q=%00', 400, 'q', /^q holds a NUL character; take it out$/],
  ['posts?planner=a%00', 400, 'planner', /NUL/],
  ['posts?account=harbor%00', 400, 'account', /NUL/],
  ['slots?account=harbor&weeks=0', 400, 'weeks', /less than the 1 allowed/],
  ['slots?account=harbor&weeks=54', 400, 'weeks', /more than the 53 allowed/],
  ['slots?', 400, 'account', /account is missing/],
  [
    'slots?account=harbour',
    404,
    'account',
    /^account='harbour' has no file and no posts; did you mean harbor/,
  ],
  ['slots?account=../etc', 404, 'account', /has no file and no posts/],
  ['costs?by=week', 400, 'by', /^by='week' is not one of day, account, planner, model, step$/],
  ['costs?by=constructor', 400, 'by', /^by='constructor' is not one of/],
  ['costs?since=2026-02-30', 400, 'since', /^since='2026-02-30' is not a date such as/],
  ['costs?since=2026-11-24T12:00:00', 400, 'since', /with its zone/],
  ["costs?since=1'%20or%201=1", 400, 'since', /^since='1' or 1=1' is not a date/],
])('%s is %d, and names %s', async (query, expected, field, message) => {
  const [status, { error }] = await ask(`/api/${query}`);
  expect([status, error]).toEqual([expected, { field, message: expect.stringMatching(message) }]);
});
