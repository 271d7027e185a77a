import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createReader } from '../reading/reader.js';
import { createSession } from '../http/session.js';
import { pageRoutes } from './page-routes.js';
import { DESK_URL, NOW, TOKEN, expectShown, pageText as read, useDesk } from '../testing/use-desk.js';
import { sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';

const [PUBLIC, CLIP] = ['PublicPost01', 'PublicClip01'] as const;
const [WAITING, TAKEN] = ['WaitingPost1', 'TakenPost001'] as const;
/** Posts of an account whose record stays at the desk: one of stand-ins, and one that models made. */
const [DISCREET, REAL] = ['DeskPost0001', 'DeskPost0002'] as const;
const POST = `/@harbor/posts/${PUBLIC}`;
const CLIP_POST = `/@harbor/posts/${CLIP}`;
const GONE = `/@harbor/posts/${TAKEN}`;
const HERO = `/assets/${PUBLIC}_hero.png`;
const ALT = 'A clock with four hands over a harbor gate';
const MISSED = 'the caption has 263 characters, at most 240 asked for';
const { title: TITLE, pipeline: STEPS } = samplePost(PUBLIC);

const desk = useDesk();
beforeAll(async () => {
  await desk.saveBatch();
  const approved = STEPS.map((row) => (row.step === 'review' ? { ...row, note: 'approved by maria' } : row));
  await desk.publish(samplePost(PUBLIC, { pipeline: approved }));
  const clipFiles = { [`${CLIP}_hero.png`]: new Uint8Array([1]), [`${CLIP}_video.mp4`]: new Uint8Array([2]) };
  const clip = { contentFormat: 'video', body: null, publishedAt: '2026-05-12T09:00:00.000Z' };
  await desk.publish(samplePost(CLIP, clip), clipFiles);
  const checks = [
    { rule: 'title.length', ok: true, detail: null },
    { rule: 'imagePrompt.length', ok: true, detail: null },
    { rule: 'caption.length', ok: false, detail: MISSED },
  ];
  await desk.savePost(waitingPost(WAITING, { checks }));
  await desk.publish(samplePost(TAKEN, { title: 'A wrong figure stands here' }));
  const at = '2026-06-01T09:00:00.000Z';
  await desk.archive.records.unpublishPost({ postId: TAKEN, by: 'maria', reason: 'a wrong figure', at });
  await desk.archive.records.saveRemoval(TAKEN, { target: 'feed', removedAt: at, reason: null });
  const own = { record: 'desk', sample: true, disclosure: 'Drawn by machines.' } as const;
  const pier = sampleAccount({ handle: 'pier', name: 'Pier', ...own });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
  const ofPier = { account: 'pier', batchId: 'BatchBatch02' };
  await desk.publish(samplePost(REAL, { ...ofPier, publishedAt: '2026-05-10T13:18:00.000Z' }));
  const pipeline = STEPS.map((row) => ({ ...row, offline: true as const }));
  await desk.publish(samplePost(DISCREET, { ...ofPier, pipeline, offline: true }));
  // A file, and no batch yet.
  await desk.saveAccount({ handle: 'quay', name: 'Quay', bio: 'Soon.' });
});

const html = (path: string): Promise<string> => desk.text(path);
const text = (path: string): Promise<string> => read(desk.get(path));
const textSignedIn = (path: string): Promise<string> => read(desk.getSignedIn(path));
const statusOf = async (path: string): Promise<number> => (await desk.get(path)).status;

const OPENING = [
  `${TITLE}By Harbor Notes published · May 11, 15:18 · $0.06 total · published 48d ago`,
  'The clock over the gate shows two times.The sea keeps the other time.Two times on one clock.#harbor#tides',
  'Made with AI: gpt-6-luna, fal-ai/flux-pro/v1.1-ultra',
].join('');
const RECORD = [
  'How this was madePlan (drafter input)planner ships_and_portstopic Harbor clocks',
  'angle Two hands, two times, one reason. Button: The sea keeps the other time.',
  'rationale Core beat; no news needed.',
  "instruction to the planner Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'.",
  'BodyThe clock over the gate shows two times.The sea keeps the other time.',
  'CaptionTwo times on one clock. #harbor #tides',
  'PipelineStep Model Cost TimePlan done May 11, 15:18 the batch paid',
  'Draft done openai · gpt-6-luna $0.0042 api 8.3s May 11, 15:18 2 attempts',
  `Hero image done fal · fal-ai/flux-pro/v1.1-ultra${PUBLIC}_hero.png $0.06 api 23.8s May 11, 15:18 `,
  'Review done May 11, 15:18 Publish done May 11, 15:18 ',
  'Chat ReferencesNo bot turns have referenced this post yet.',
].join('');

describe('the page of a post with a public record', () => {
  it('is read without a heading, then has every fact of the record, in its order', async () => {
    const page = await text(POST);
    expectShown(page, ['← @harbor', OPENING, RECORD], ['offline sample']);
    const headings = [...(await html(POST)).matchAll(/<h\d[^>]*>([^<]*)</g)].map(([, heading]) => heading);
    const record = ['Plan (drafter input)', 'Body', 'Caption', 'Pipeline', 'Chat References'];
    expect(headings).toEqual([TITLE, ...record]);
  });

  it('has the record folded for a visitor and open for the signed-in, without who decided for either', async () => {
    const signedIn = await desk.textSignedIn(POST);
    const way = `<a href="/desk/posts/${PUBLIC}">Open in the desk</a>`;
    expectShown(await html(POST), ['<details class="record"><summary>'], ['/desk/posts/', 'maria', 'Good.']);
    expectShown(signedIn, ['<details class="record" open=""><summary>', way], ['maria', 'Good.']);
  });

  it('shows the picture before the text, with its alt text, and links to the file', async () => {
    const page = await html(POST);
    const picture = `src="${HERO}" alt="${ALT}"`;
    expectShown(page, [picture, `<a href="${HERO}">${PUBLIC}_hero.png</a>`]);
    expect(page).toContain(`<link rel="canonical" href="${DESK_URL}${POST}"`);
    expect(page.indexOf(picture)).toBeLessThan(page.indexOf('The clock over the gate'));
  });

  it('shows a clip over its hero image, in a loop, and no body', async () => {
    const page = await html(CLIP_POST);
    expect(page).toMatch(/<video [^>]*loop=""/);
    const clip = `src="/assets/${CLIP}_video.mp4" poster="/assets/${CLIP}_hero.png"`;
    expectShown(page, [clip], ['<h2>Body</h2>']);
  });

  it('gives every time its zone and full date', async () => {
    const times = (await html(POST)).match(/<time[^>]*>/g)!;
    expect(times).toHaveLength(7);
    const title = 'Monday, May 11, 2026 at 15:18:00 GMT+2 (Europe/Warsaw)';
    expect(new Set(times)).toEqual(new Set([`<time datetime="2026-05-11T13:18:00.000Z" title="${title}">`]));
  });

  it('names the news that a post hangs on, and links it only where it is a web address', async () => {
    const peg = '&lt;script&gt;alert(1)&lt;/script&gt; A crane is sold';
    const show = async (newsUrl: string) => {
      const plan = {
        ...samplePost(WAITING).plan!,
        newsPeg: '<script>alert(1)</script> A crane is sold',
        newsUrl,
      };
      await desk.savePost(waitingPost('NewsNewsNew1', { plan }));
      return desk.textSignedIn('/@harbor/posts/NewsNewsNew1');
    };
    const link = '<a href="https://news.example/%22%3E%3Cscript%3E?a=1&amp;b=2" rel="nofollow noopener">';
    expectShown(await show('https://news.example/"><script>?a=1&b=2'), [peg, link], ['<script>alert']);
    const hidden = ['<script>alert', 'news source', 'href="javascript'];
    expectShown(await show('javascript:alert(1)'), [peg], hidden);
  });

  it('links the posts before and after it', async () => {
    expectShown(await html(CLIP_POST), [`rel="prev" href="${POST}"`], ['rel="next"']);
    expectShown(await html(POST), [`rel="next" href="${CLIP_POST}"`], ['rel="prev"']);
  });
});

describe('the page of a post whose record stays at the desk', () => {
  const RECORDED = ['Plan (drafter input)', '$0.06 total', 'Pipeline'];

  it('shows a visitor what was published and the time, and names no model that was not asked', async () => {
    const page = await text(`/@pier/posts/${DISCREET}`);
    expectShown(page, ['The sea keeps the other time.', '#tides', 'May 11, 15:18']);
    expectShown(page, ['Drawn by machines.', 'offline sample'], ['Made with AI', 'gpt-6-luna']);
    expectShown(page, [], [...RECORDED, '$0.06', 'maria', 'Chat References']);
  });
  it('names the models that made it', async () => {
    const made = 'Drawn by machines: gpt-6-luna, fal-ai/flux-pro/v1.1-ultra';
    expect(await text(`/@pier/posts/${REAL}`)).toContain(made);
  });
  it('shows the signed-in all but who decided', async () => {
    const page = await textSignedIn(`/@pier/posts/${DISCREET}`);
    expectShown(page, [...RECORDED, 'Open in the desk'], ['maria']);
  });
});

describe('a post that was taken down', () => {
  it('is gone for strangers, page and picture, and was never at another address', async () => {
    const answer = await desk.get(GONE);
    expect(answer.status).toBe(410);
    const hidden = ['A wrong figure', '/desk/posts'];
    expectShown(await answer.text(), ['This post was taken down', 'noindex'], hidden);
    expect(await statusOf(`/assets/${TAKEN}_hero.png`)).toBe(410);
    expect(await statusOf(`/api/posts/${TAKEN}`)).toBe(404);
    expect(await statusOf(`/@pier/posts/${TAKEN}`)).toBe(404);
    expect([await statusOf(POST), await statusOf(HERO)]).toEqual([200, 200]);
  });

  it.each(['/@harbor', '/@harbor/feed.xml', '/@harbor/feed.json'])('is not on %s', async (path) => {
    expectShown(await html(path), [TITLE], [TAKEN]);
  });

  it('leads the signed-in to its record: who took it back, why and when', async () => {
    const answer = await desk.getSignedIn(GONE);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain(`href="/desk/posts/${TAKEN}"`);
    const record = await desk.textSignedIn(`/desk/posts/${TAKEN}`);
    expectShown(record, ['unpublished', 'maria', 'a wrong figure', 'deleted', 'A wrong figure stands here']);
    expect((await desk.getSignedIn(`/assets/${TAKEN}_hero.png`)).status).toBe(200);
    expect(await (await desk.getSignedIn(`/api/posts/${TAKEN}`)).json()).toMatchObject({
      status: 'unpublished',
      publications: [{ target: 'feed', removedAt: '2026-06-01T09:00:00.000Z' }],
    });
  });
});

describe('a post that is not public', () => {
  it.each([
    `/@harbor/posts/${WAITING}`,
    '/@harbor/posts/NoSuchPost01',
    `/@pier/posts/${PUBLIC}`,
    '/@nobody',
    `/harbor/posts/${PUBLIC}`,
    '/@harbor/posts/../../x',
  ])('%s is not found', async (path) => {
    const answer = await desk.get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('text/html');
  });

  it('can be looked at by the signed-in before they decide, with what it misses of the house style first', async () => {
    const answer = await desk.getSignedIn(`/@harbor/posts/${WAITING}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const checks = `Checks1 of 3 missedCaption length: ${MISSED}held title length, image prompt lengthPipeline`;
    expectShown(await read(answer), ['awaiting approval · May 11, 15:00', checks]);
    expect(await textSignedIn('/desk')).toContain('1 check missed');
  });

  it('says for when it is scheduled', async () => {
    const slot = '2026-07-01T07:00:00.000Z';
    await desk.savePost(waitingPost('Scheduled001', { status: 'scheduled', gate: null, slot }));
    const line = 'scheduled · for Jul 1, 09:00 · $0.06 total · started 48d ago';
    expect(await textSignedIn('/@harbor/posts/Scheduled001')).toContain(line);
  });
});

describe('the account page', () => {
  it('lists what was published, newest first, and its feeds, and leads the signed-in to the desk', async () => {
    const page = await html('/@harbor');
    const feeds = ['type="application/atom+xml"', '<a href="/@harbor/feed.json">'];
    expectShown(page, feeds, [WAITING, '/desk/']);
    expect(page.indexOf(CLIP)).toBeLessThan(page.indexOf(PUBLIC));
    const words = ['Harbor Notes', '@harbor', 'What the tide tables leave out.', '#tides', 'May 11, 15:18'];
    expectShown(await text('/@harbor'), words);
    expect(await desk.textSignedIn('/@harbor')).toContain('href="/desk/accounts/harbor"');
  });
  it('pages to older posts', async () => {
    expectShown(await html('/@harbor?before=2026-05-12T09%3A00%3A00.000Z'), [PUBLIC], [CLIP]);
    expect(await statusOf('/@harbor?before=yesterday')).toBe(400);
  });
  it('says so where nothing was published, and what is a sample', async () => {
    expectShown(await text('/@quay'), ['Quay', 'Soon.', 'Nothing published yet.']);
    for (const path of ['/@quay', '/@quay/feed.xml', '/@quay/feed.json'])
      expect(await statusOf(path)).toBe(200);
    expectShown(await text('/@pier'), ['sample account', 'offline sample']);
  });
});

describe('a link to a page is shown elsewhere', () => {
  const ACCOUNT = { 'og:type': 'profile', 'og:url': `${DESK_URL}/@harbor`, 'og:site_name': 'Harbor Notes' };
  it.each<[what: string, path: string, tags: Record<string, string>]>([
    [
      'with its picture, whose page it is, and when it was published',
      POST,
      {
        'og:type': 'article',
        'og:url': `${DESK_URL}${POST}`,
        'og:site_name': 'Harbor Notes',
        'og:title': TITLE,
        'og:description': 'Two times on one clock.',
        'og:image': `${DESK_URL}${HERO}`,
        'og:image:alt': ALT,
        'article:published_time': '2026-05-11T13:18:00.000Z',
        'article:tag': 'tides',
        'twitter:card': 'summary_large_image',
      },
    ],
    [
      'with its clip',
      CLIP_POST,
      { 'og:video': `${DESK_URL}/assets/${CLIP}_video.mp4`, 'og:video:type': 'video/mp4' },
    ],
    [
      'with the newest picture of its account',
      '/@harbor',
      { ...ACCOUNT, 'og:image': `${DESK_URL}/assets/${CLIP}_hero.png`, 'og:image:alt': ALT },
    ],
    ['without a picture where there is none', '/@quay', { 'og:type': 'profile', 'twitter:card': 'summary' }],
    ['as the whole site', '/', { 'og:type': 'website', 'og:url': `${DESK_URL}/` }],
  ])('%s', async (_, path, tags) => {
    const meta = (await html(path)).matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)"/g);
    const shown = Object.fromEntries([...meta].map(([, name = '', content = '']) => [name, content]));
    expect(shown).toMatchObject(tags);
    expect('og:image' in shown).toBe(path.startsWith('/@harbor'));
  });
});

it.each(['/', '/@harbor', POST, '/desk', '/nowhere', '/@harbor/feed.xml', '/api/batches'])(
  '%s has the headers that keep scripts out',
  async (path) => {
    const { headers } = await desk.get(path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  },
);

it('the list of accounts is for a visitor, the queue for the signed-in, health for everybody', async () => {
  const [harbor, pier] = ['<a href="/@harbor">Harbor Notes</a>', '<a href="/@pier">Pier</a>'];
  expectShown(await html('/'), [harbor, pier, '<a href="/@quay">Quay</a>']);
  const signedIn = await desk.getSignedIn('/');
  expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, '/desk']);
  expect(JSON.parse(await html('/healthz'))).toEqual({ ok: true });
  expect((await desk.get('/static/base.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
});

it("is made as a stranger's to the end, also where they are let in meanwhile, since others get the same", async () => {
  const isSignedIn = vi.fn(() => false);
  const session = {
    ...createSession({ ...desk.deps.sessions, token: TOKEN, addresses: [DESK_URL], now: () => NOW }),
    isSignedIn,
  };
  const reader = createReader(desk.deps);
  const routes = pageRoutes(
    desk.deps,
    {
      ...reader,
      postView: async (id, all) => {
        isSignedIn.mockReturnValue(true);
        return reader.postView(id, all);
      },
    },
    session,
  );
  const answer = await routes.request(`/@pier/posts/${DISCREET}`);
  expect(answer.headers.get('Cache-Control')).toBe('no-cache');
  expect(await answer.text()).not.toContain('How this was made');
});
