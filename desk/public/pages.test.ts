import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK_URL, OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { pageText as read } from '../testing/page-text.js';
import { accountFileText, sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';

const PUBLIC = 'PublicPost01';
const CLIP = 'PublicClip01';
const DISCREET = 'DeskPost0001';
const WAITING = 'WaitingPost1';
const SCHEDULED = 'Scheduled001';
const TAKEN = 'TakenPost001';
const REAL = 'DeskPost0002';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch();
  await desk.publish(samplePost(PUBLIC));
  const clipFiles = { [`${CLIP}_hero.png`]: new Uint8Array([1]), [`${CLIP}_video.mp4`]: new Uint8Array([2]) };
  const clip = { contentFormat: 'video', body: null, publishedAt: '2026-05-12T09:00:00.000Z' };
  await desk.publish(samplePost(CLIP, clip), clipFiles);
  const checks = [
    { rule: 'title.length', ok: true, detail: null },
    { rule: 'imagePrompt.length', ok: true, detail: null },
    { rule: 'caption.length', ok: false, detail: 'the caption has 263 characters, at most 240 asked for' },
  ];
  await desk.savePost(waitingPost(WAITING, { checks }));
  // As it stands once a workflow takes a post down.
  await desk.savePost(samplePost(TAKEN, { status: 'unpublished' }));
  await desk.storeFile(`${TAKEN}_hero.png`, new Uint8Array([7]));
  const pier = sampleAccount({
    ...{ handle: 'pier', name: 'Pier', record: 'desk', sample: true },
    disclosure: 'Drawn by machines.',
  });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
  const ofPier = { account: 'pier', batchId: 'BatchBatch02' };
  await desk.publish(samplePost(REAL, { ...ofPier, publishedAt: '2026-05-10T13:18:00.000Z' }));
  const pipeline = samplePost(DISCREET).pipeline.map((row) => ({ ...row, offline: true as const }));
  await desk.publish(samplePost(DISCREET, { ...ofPier, pipeline, offline: true }));
  // A file, and no batch yet.
  await desk.writeAccount('quay', accountFileText(sampleAccount({ name: 'Quay', bio: 'Soon.' })));
}, OPENING_MS);
afterAll(() => desk.close());

const html = async (path: string): Promise<string> => (await desk.get(path)).text();

describe('the page of a post with a public record', () => {
  it('has the sections of the record, in order', async () => {
    const page = await html(`/@harbor/posts/${PUBLIC}`);
    expect([...page.matchAll(/<h[12][^>]*>([^<]*)</g)].map((match) => match[1])).toEqual([
      samplePost(PUBLIC).title,
      'Plan (drafter input)',
      'Body',
      'Caption',
      'Pipeline',
      'Chat References',
    ]);
  });

  it('tells state, time in the zone of the account, total and age', async () => {
    const text = await read(desk.get(`/@harbor/posts/${PUBLIC}`));
    expect(text).toContain('← @harbor');
    expect(text).toContain('published · May 11, 3:18 PM · $0.06 total · published 48d ago');
    expect(text).not.toContain('offline sample');
  });

  it('tells the plan, the steps with their costs and the references', async () => {
    const text = await read(desk.get(`/@harbor/posts/${PUBLIC}`));
    expect(text).toContain('planner ships_and_ports');
    expect(text).toContain(
      "special_message: Generate exactly 5 items: 1 with content_format='video' and 4 with",
    );
    expect(text).toContain('Two times on one clock. #harbor #tides');
    for (const part of [
      'Hero image done fal · fal-ai/flux-pro/v1.1-ultra',
      '$0.06',
      'api 23.8s',
      '2 attempts',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('No bot turns have referenced this post yet.');
  });

  it('shows the picture with its alt text, and links to the file', async () => {
    const page = await html(`/@harbor/posts/${PUBLIC}`);
    expect(page).toContain(
      `src="/assets/${PUBLIC}_hero.png" alt="A clock with four hands over a harbor gate"`,
    );
    expect(page).toContain(`<a href="/assets/${PUBLIC}_hero.png">${PUBLIC}_hero.png</a>`);
    expect(page).toContain(`<link rel="canonical" href="${DESK_URL}/@harbor/posts/${PUBLIC}"`);
  });

  it('shows a clip over its hero image, in a loop, and no body', async () => {
    const page = await html(`/@harbor/posts/${CLIP}`);
    expect(page).toMatch(/<video [^>]*loop=""/);
    expect(page).toContain(`src="/assets/${CLIP}_video.mp4" poster="/assets/${CLIP}_hero.png"`);
    expect(page).not.toContain('<h2>Body</h2>');
  });
});

describe('the page of a post whose record stays at the desk', () => {
  it('shows a visitor what was published and the time, and names no model that was not asked', async () => {
    const text = await read(desk.get(`/@pier/posts/${DISCREET}`));
    for (const shown of ['offline sample', 'The sea keeps the other time.', '#tides', 'May 11, 3:18 PM']) {
      expect(text).toContain(shown);
    }
    expect(text).toContain('Drawn by machines.');
    expect(text, 'it is said once').not.toContain('Made with AI');
    expect(text).not.toContain('gpt-6-luna');
    for (const kept of ['Plan (drafter', '$0.06', 'Pipeline', 'maria', 'Chat References']) {
      expect(text).not.toContain(kept);
    }
  });
  it('names the models that made it', async () => {
    expect(await read(desk.get(`/@pier/posts/${REAL}`))).toContain(
      'Drawn by machines: gpt-6-luna, fal-ai/flux-pro/v1.1-ultra',
    );
  });
  it('shows the signed-in all but who decided', async () => {
    const text = await read(desk.getSignedIn(`/@pier/posts/${DISCREET}`));
    for (const shown of ['Plan (drafter input)', '$0.06 total', 'Pipeline', 'Open in the desk'])
      expect(text).toContain(shown);
    expect(text).not.toContain('maria');
  });
});

describe('the posts before and after one', () => {
  it('are linked by their titles', async () => {
    const newer = await html(`/@harbor/posts/${CLIP}`);
    expect(newer).toMatch(new RegExp(`rel="prev" href="/@harbor/posts/${PUBLIC}"`));
    expect(newer).not.toContain('rel="next"');
    const older = await html(`/@harbor/posts/${PUBLIC}`);
    expect(older).toMatch(new RegExp(`rel="next" href="/@harbor/posts/${CLIP}"`));
    expect(older).not.toContain('rel="prev"');
  });
});

describe('a post that was taken down', () => {
  const address = `/@harbor/posts/${TAKEN}`;
  it('answers 410, and shows nothing of it', async () => {
    const answer = await desk.get(address);
    expect(answer.status).toBe(410);
    const page = await answer.text();
    expect(page).toContain('This post was taken down');
    expect(page).toContain('noindex');
    expect(page).not.toContain(samplePost(TAKEN).title);
    expect(page).not.toContain('/desk/posts');
    expect((await desk.get(`/assets/${TAKEN}_hero.png`)).status).toBe(410);
  });
  it('leads the signed-in to its record', async () => {
    const answer = await desk.getSignedIn(address);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain(`href="/desk/posts/${TAKEN}"`);
  });
  it('is nowhere else', async () => {
    expect((await desk.get(`/@pier/posts/${TAKEN}`)).status).toBe(404);
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
  it('can be looked at by the signed-in before they decide', async () => {
    const answer = await desk.getSignedIn(`/@harbor/posts/${WAITING}`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await read(Promise.resolve(answer))).toContain('awaiting approval · May 11, 3:00 PM');
  });
  it('says for when it is scheduled', async () => {
    const scheduled = { status: 'scheduled', gate: null, slot: '2026-07-01T07:00:00.000Z' } as const;
    await desk.savePost(waitingPost(SCHEDULED, scheduled));
    expect(await read(desk.getSignedIn(`/@harbor/posts/${SCHEDULED}`))).toContain(
      'scheduled · for Jul 1, 9:00 AM · $0.06 total · started 48d ago',
    );
  });
  it('says what it misses of the house style, the misses first, there and in the queue', async () => {
    const text = await read(desk.getSignedIn(`/@harbor/posts/${WAITING}`));
    expect(text).toContain(
      'Checks1 of 3 missedCaption length: the caption has 263 characters, at most 240 asked forheld title length, image prompt lengthPipeline',
    );
    expect(await read(desk.getSignedIn('/desk'))).toContain('1 check missed');
  });
});

describe('the account page', () => {
  it('lists what was published, newest first, and its feeds', async () => {
    const page = await html('/@harbor');
    expect(page).toContain('type="application/atom+xml"');
    expect(page).toContain('<a href="/@harbor/feed.json">');
    expect(page.indexOf(CLIP)).toBeLessThan(page.indexOf(PUBLIC));
    expect(page).not.toContain(WAITING);
    const text = await read(desk.get('/@harbor'));
    for (const part of [
      'Harbor Notes',
      '@harbor',
      'What the tide tables leave out.',
      '#tides',
      'May 11, 3:18 PM',
    ]) {
      expect(text).toContain(part);
    }
  });
  it('pages to older posts', async () => {
    const page = await html(`/@harbor?before=${encodeURIComponent('2026-05-12T09:00:00.000Z')}`);
    expect(page).not.toContain(CLIP);
    expect(page).toContain(PUBLIC);
    expect((await desk.get('/@harbor?before=yesterday')).status).toBe(400);
  });
  it('says so where nothing was published, with a batch and without', async () => {
    const answer = await desk.get('/@quay');
    expect(answer.status).toBe(200);
    const text = await read(answer);
    for (const shown of ['Quay', 'Soon.', 'Nothing published yet.']) expect(text).toContain(shown);
    for (const feed of ['feed.xml', 'feed.json']) expect((await desk.get(`/@quay/${feed}`)).status).toBe(200);
  });
  it('leads the signed-in to the desk', async () => {
    expect(await html('/@harbor')).not.toContain('/desk/');
    expect(await (await desk.getSignedIn('/@harbor')).text()).toContain('href="/desk/accounts/harbor"');
  });
  it('says what is a sample', async () => {
    const text = await read(desk.get('/@pier'));
    expect(text).toContain('sample account');
    expect(text).toContain('offline sample');
  });
});

describe('a link to a page', () => {
  const tagsOf = async (path: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      [...(await html(path)).matchAll(/<meta (?:property|name)="([^"]+)" content="([^"]*)"/g)].map(
        ([, name = '', content = '']) => [name, content],
      ),
    );
  it('is shown elsewhere with its picture, whose page it is, and when it was published', async () => {
    expect(await tagsOf(`/@harbor/posts/${PUBLIC}`)).toMatchObject({
      'og:type': 'article',
      'og:url': `${DESK_URL}/@harbor/posts/${PUBLIC}`,
      'og:site_name': 'Harbor Notes',
      'og:title': samplePost(PUBLIC).title,
      'og:description': 'Two times on one clock.',
      'og:image': `${DESK_URL}/assets/${PUBLIC}_hero.png`,
      'og:image:alt': 'A clock with four hands over a harbor gate',
      'article:published_time': '2026-05-11T13:18:00.000Z',
      'article:tag': 'tides',
      'twitter:card': 'summary_large_image',
    });
  });
  it('carries the clip of a video', async () => {
    expect(await tagsOf(`/@harbor/posts/${CLIP}`)).toMatchObject({
      'og:video': `${DESK_URL}/assets/${CLIP}_video.mp4`,
      'og:video:type': 'video/mp4',
    });
  });
  it('is shown with the newest picture of an account, and without one where there is none', async () => {
    expect(await tagsOf('/@harbor')).toMatchObject({
      'og:type': 'profile',
      'og:url': `${DESK_URL}/@harbor`,
      'og:site_name': 'Harbor Notes',
      'og:image': `${DESK_URL}/assets/${CLIP}_hero.png`,
      'og:image:alt': 'A clock with four hands over a harbor gate',
    });
    const empty = await tagsOf('/@quay');
    expect(empty).toMatchObject({ 'og:type': 'profile', 'twitter:card': 'summary' });
    expect(empty).not.toHaveProperty('og:image');
    expect(await tagsOf('/')).toMatchObject({ 'og:type': 'website', 'og:url': `${DESK_URL}/` });
  });
});

describe('every answer', () => {
  it.each([
    '/',
    '/@harbor',
    `/@harbor/posts/${PUBLIC}`,
    '/desk',
    '/nowhere',
    '/@harbor/feed.xml',
    '/api/batches',
  ])('%s has the headers that keep scripts out', async (path) => {
    const { headers } = await desk.get(path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });
});

describe('the rest', () => {
  it('lists the accounts for a visitor, and takes the signed-in to the queue', async () => {
    const page = await html('/');
    expect(page).toContain('<a href="/@quay">Quay</a>');
    const signedIn = await desk.getSignedIn('/');
    expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, '/desk']);
    expect(page).toContain('<a href="/@harbor">Harbor Notes</a>');
    expect(page).toContain('<a href="/@pier">Pier</a>');
  });
  it('serves the stylesheet and its health', async () => {
    expect((await desk.get('/static/base.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(await (await desk.get('/healthz')).json()).toEqual({ ok: true });
  });
});
