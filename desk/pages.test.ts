import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK_URL, OPENING_MS, openDesk, type DeskUnderTest } from './testing/desk-under-test.js';
import { sampleAccount, sampleBatch, samplePost, waitingPost } from './testing/samples.js';

const PUBLIC = 'PublicPost01';
const CLIP = 'PublicClip01';
const DISCREET = 'DeskPost0001';
const WAITING = 'WaitingPost1';

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
  const pier = sampleAccount({ handle: 'pier', name: 'Pier', record: 'desk', sample: true });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
  await desk.publish(samplePost(DISCREET, { account: 'pier', batchId: 'BatchBatch02', offline: true }));
}, OPENING_MS);
afterAll(() => desk.close());

/** The text of a page as a reader gets it: without tags, one space between words. */
async function read(answer: Promise<Response>): Promise<string> {
  const html = await (await answer).text();
  const plain = html.replace(/<head>[^]*<\/head>/, '').replace(/<[^>]*>/g, '');
  return plain.replaceAll('&#39;', "'").replaceAll('&amp;', '&').replace(/\s+/g, ' ');
}
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
      'Review',
      'Chat References',
    ]);
  });

  it('tells state, time in the zone of the account, total and age', async () => {
    const text = await read(desk.get(`/@harbor/posts/${PUBLIC}`));
    expect(text).toContain('← @harbor');
    expect(text).toContain('published · May 11, 3:18 PM · $0.06 total · published 48d ago');
    expect(text).not.toContain('offline sample');
  });

  it('tells the plan, the steps with their costs, the decision and the references', async () => {
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
    expect(text).toContain('approve by maria');
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

  it('shows a clip over its hero image, and no body', async () => {
    const page = await html(`/@harbor/posts/${CLIP}`);
    expect(page).toContain(`src="/assets/${CLIP}_video.mp4" poster="/assets/${CLIP}_hero.png"`);
    expect(page).not.toContain('<h2>Body</h2>');
  });
});

describe('the page of a post whose record stays at the desk', () => {
  it('shows a visitor what was published, the time and the models', async () => {
    const text = await read(desk.get(`/@pier/posts/${DISCREET}`));
    for (const shown of ['offline sample', 'The sea keeps the other time.', '#tides', 'May 11, 3:18 PM']) {
      expect(text).toContain(shown);
    }
    expect(text).toMatch(/Made with AI: .*gpt-6-luna/);
    for (const kept of ['Plan (drafter', '$0.06', 'Pipeline', 'maria', 'Chat References']) {
      expect(text).not.toContain(kept);
    }
  });
  it('shows the signed-in all', async () => {
    const text = await read(desk.getSignedIn(`/@pier/posts/${DISCREET}`));
    for (const shown of ['Plan (drafter input)', '$0.06 total', 'Pipeline', 'maria'])
      expect(text).toContain(shown);
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
  it('says what is a sample', async () => {
    const text = await read(desk.get('/@pier'));
    expect(text).toContain('sample account');
    expect(text).toContain('offline sample');
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
      "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });
});

describe('the rest', () => {
  it('lists the accounts', async () => {
    const page = await html('/');
    expect(page).toContain('<a href="/@harbor">Harbor Notes</a>');
    expect(page).toContain('<a href="/@pier">Pier</a>');
  });
  it('serves the stylesheet and its health', async () => {
    expect((await desk.get('/style.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(await (await desk.get('/healthz')).json()).toEqual({ ok: true });
  });
});
