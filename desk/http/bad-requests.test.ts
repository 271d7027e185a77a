import { beforeAll, describe, expect, it } from 'vitest';
import { TOKEN, useDeskOverHttp } from '../testing/use-desk.js';
import { rawRequest } from '../testing/raw-request.js';
import { sampleAccount, sampleBatch, samplePost } from '../testing/samples.js';

const POST = 'PublicPost01';
const HERO = `/assets/${POST}_hero.png`;

const { desk, served } = useDeskOverHttp();
beforeAll(async () => {
  await desk.saveBatch();
  await desk.publish(samplePost(POST));
});

/** Over a socket of its own: `fetch` would mend the address first. */
const ask = (path: string, headers: readonly string[] = [], method = 'GET') =>
  rawRequest(served.url, { method, path, headers });
const signedIn = [`Authorization: Bearer ${TOKEN}`];

describe('a page or a feed', () => {
  const names = ['%00', 'harbor%00', '%ED%A0%80', '%E0%A4%A', "'%20or%201=1--", 'HARBOR', '..', '%2F'];
  it.each(names)('of an account that none can be called, @%s, is not there', async (name) => {
    for (const rest of ['', '/', '/feed.xml', '/feed.json', `/posts/${POST}`, '/posts/%00'])
      expect(await ask(`/@${name}${rest}`), rest).toMatchObject({ status: 404 });
  });

  // What a time is, the parser's own test tells.
  const twice = '2026-01-01T00:00:00Z&before=2026-01-01T00:00:00Z';
  it.each([
    '2026-02-31T00:00:00Z',
    '%2B010000-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z%00',
    twice,
    '%ED%A0%80',
    '%',
  ])('before no time, %s, is asked for wrongly', async (time) => {
    for (const page of ['', '/feed.xml', '/feed.json'])
      expect(await ask(`/@harbor${page}?before=${time}`), page).toMatchObject({ status: 400 });
  });

  it('of an endless name, or before an endless time, is 404 and 400', async () => {
    expect(await ask(`/@${'a'.repeat(3_000)}`)).toMatchObject({ status: 404 });
    expect(await ask(`/@harbor?before=${'1'.repeat(3_000)}`)).toMatchObject({ status: 400 });
  });

  it('before the first and the last of all times is there', async () => {
    for (const time of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2026-01-01T00:00%2B14:00', ''])
      expect(await ask(`/@harbor?before=${time}`), time).toMatchObject({ status: 200 });
  });
});

it('a parameter of a page of the desk, and of a form, that holds a NUL is asked for wrongly', async () => {
  const pages = [
    '/desk?q=',
    '/desk/chats?cursor=',
    '/desk/batches?cursor=',
    '/desk/accounts/harbor/deliveries?cursor=',
  ];
  for (const page of pages) expect(await ask(`${page}a%00`, signedIn), page).toMatchObject({ status: 400 });
  const form = { decision: 'approve', list: 'q=a%00' };
  expect((await desk.postSignedIn(`/desk/posts/${POST}/decide`, form)).status).toBeLessThan(500);
});

it('an address of the API that is none is answered in the form of its errors', async () => {
  const { status, body } = await ask('/api/%00', signedIn);
  expect([status, JSON.parse(body)]).toEqual([404, { error: { message: expect.stringMatching(/./) } }]);
});

it('an import that is refused at its first line is answered, however much follows and however often', async () => {
  for (const megabytes of [20, 1, 100, 5, 20, 20]) {
    const answer = await fetch(`${served.url}/api/archive`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}` },
      body: Buffer.alloc(megabytes * 1_000_000, 'x\n'),
    });
    const message = 'line 1: it is not JSON, so this is no export of an archive';
    expect([answer.status, await answer.json()]).toEqual([400, { error: { message } }]);
  }
});

describe('any address', () => {
  it('is refused where it is longer than any of ours', async () => {
    for (const path of [`/${'a'.repeat(5_000)}`, `/?${'a'.repeat(5_000)}`, `/api/${'a'.repeat(5_000)}`])
      expect(await ask(path)).toMatchObject({ status: 414 });
    expect(await ask(`/${'a'.repeat(50_000)}`)).toMatchObject({ status: 431 });
  });

  it.each(['/\\..\\', 'http://[::1/x', '*', '/%', '//', '/..//', '/.%00./', 'http://other.example/%00'])(
    'that is odd, %s, is 400 or 404',
    async (path) => expect([400, 404]).toContain((await ask(path)).status),
  );

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'get', 'ODD'])(
    'asked by %s is 400 or 404',
    async (method) => {
      for (const path of ['/', '/@harbor', '/@%00', '/api/posts', '/desk/sign-in', HERO])
        expect([400, 404], path).toContain((await ask(path, signedIn, method)).status);
    },
  );
});

it.each([
  // What else a range is, the parser's own test tells.
  ['Range: bytes=-999999999999999999999999999', 206],
  ['Range: bytes=99999999999999999999999999-', 416],
  ['If-None-Match: *', 304],
  ['If-Modified-Since: Fri, 31 Feb 0000 99:99:99 GMT', 200],
  ['If-Range: "\u0080"\r\nRange: bytes=0-0', 200],
])('an asset asked with %s is answered with %d', async (header, status) => {
  expect(await ask(HERO, [header])).toMatchObject({ status });
});

it('headers of many parts are read in no time worth a word', async () => {
  for (const header of [`Range: bytes=${'0-1,'.repeat(2_000)}`, `If-None-Match: ${'"a",'.repeat(2_000)}`])
    expect(await ask(HERO, [header])).toMatchObject({ status: 200 });
});

it('a record that was taken in before what is refused today, with an unknown time zone and times that are none, is shown', async () => {
  const place = { timeZone: 'Nowhere/Land', language: '\u0000', record: 'public' } as const;
  const post = samplePost('OldPost00001', { account: 'old', batchId: 'BatchBatch02' });
  const odd = '2026-02-31T25:00:00Z';
  const [row, ...rest] = post.pipeline;
  const batch = sampleBatch({ id: 'BatchBatch02', account: 'old' });
  await desk.saveBatch(batch, sampleAccount({ handle: 'old', ...place }));
  await desk.publish({ ...post, pipeline: [{ ...row!, at: odd }, ...rest] });
  await desk.writeAccount('old', null);
  expect(await ask('/')).toMatchObject({ status: 200 });
  for (const path of ['/@old', '/@old/feed.xml', '/@old/feed.json', '/@old/posts/OldPost00001', '/desk'])
    expect(await ask(path, signedIn), path).toMatchObject({ status: 200 });
  expect((await ask('/@old/posts/OldPost00001', signedIn)).body).toContain(odd);
});
