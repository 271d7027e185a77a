import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESK_URL, OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleAccount, sampleBatch, samplePost } from '../testing/samples.js';

const HOSTILE = `<script>alert(1)</script>"><img src=x onerror=alert(2)> ]]> & 'x' \u0000\u0008`;
const LINES = 'One line.\nThe next line.';
const POSTS = 57;

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch();
  for (let n = 1; n <= POSTS; n += 1) {
    const publishedAt = new Date(Date.UTC(2026, 4, 11, 13, n)).toISOString();
    await desk.publish(
      samplePost(`FeedPost${String(n).padStart(4, '0')}`, { publishedAt, title: `Title ${n}` }),
    );
  }
  const pier = sampleAccount({ handle: 'pier', name: 'Pier & <Co>', bio: 'a < b' });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
  const hostile = {
    title: HOSTILE,
    body: HOSTILE,
    caption: HOSTILE,
    altText: HOSTILE,
    hashtags: [HOSTILE, 'fine'],
  };
  const id = 'HostilePost1';
  await desk.publish(
    samplePost(id, {
      account: 'pier',
      batchId: 'BatchBatch02',
      offline: true,
      contentFormat: 'video',
      ...hostile,
    }),
    { [`${id}_hero.png`]: new Uint8Array([1]), [`${id}_video.mp4`]: new Uint8Array([2]) },
  );
  const quay = sampleAccount({ handle: 'quay' });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch03', account: 'quay' }), quay);
  const mole = sampleAccount({ handle: 'mole', disclosure: 'Written by a machine & read by Mo.' });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch04', account: 'mole' }), mole);
  const lines = { body: `${LINES}\n\nEnd.`, caption: LINES, hashtags: [], offline: true };
  await desk.publish(samplePost('LinesPost001', { account: 'mole', batchId: 'BatchBatch04', ...lines }));
}, OPENING_MS);
afterAll(() => desk.close());

const text = async (address: string): Promise<string> => (await desk.get(address)).text();
const entriesOf = (atom: string): string[] => atom.match(/<entry>[^]*?<\/entry>/g) ?? [];
const idOf = (xml: string): string | undefined => /<id>([^<]*)<\/id>/.exec(xml)?.[1];
const link = (xml: string, rel: string): string | undefined =>
  new RegExp(`<link rel="${rel}" href="([^"]*)"`).exec(xml)?.[1]?.replaceAll('&amp;', '&');
const path = (url: string | undefined): string => (url as string).slice(DESK_URL.length);

it('says once in each feed how the posts were made, where the account wants it said', async () => {
  for (const kind of ['feed.xml', 'feed.json']) {
    const feed = await text(`/@mole/${kind}`);
    expect(feed.match(/Written by a machine/g)).toHaveLength(1);
    expect(await text(`/@harbor/${kind}`)).not.toContain('Made with AI');
  }
});

describe('the Atom feed', () => {
  it('holds the newest 50, newest first, each with its address as id and its picture', async () => {
    const answer = await desk.get('/@harbor/feed.xml');
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const atom = await answer.text();
    const entries = entriesOf(atom);
    expect(entries).toHaveLength(50);
    expect(entries[0]).toContain('Title 57');
    expect(idOf(entries[0] as string)).toBe(`${DESK_URL}/@harbor/posts/FeedPost0057`);
    expect(link(entries[0] as string, 'enclosure')).toBe(`${DESK_URL}/assets/FeedPost0057_hero.png`);
    expect(link(atom, 'self')).toBe(`${DESK_URL}/@harbor/feed.xml`);
    expect(atom).toContain('<updated>2026-05-11T13:57:00.000Z</updated>');
  });

  it('pages on to older ones, none lost and none twice', async () => {
    const first = await text('/@harbor/feed.xml');
    const second = await text(path(link(first, 'next')));
    const ids = [...entriesOf(first), ...entriesOf(second)].map(idOf);
    expect(new Set(ids).size).toBe(POSTS);
    expect(ids).toHaveLength(POSTS);
    expect(link(second, 'next')).toBeUndefined();
  });

  it('keeps hostile text text', async () => {
    const atom = await text('/@pier/feed.xml');
    expect(atom).toContain('<title>Pier &amp; &lt;Co&gt;</title>');
    expect(atom).not.toContain('<script');
    expect(atom).not.toContain('<img src=x');
    expect(atom).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(atom).toContain('offline sample');
    expect(atom.match(/<category [^>]*>/g)).toEqual(['<category label="fine" term="fine"/>']);
  });

  it('is stable while it is empty', async () => {
    const atom = await text('/@quay/feed.xml');
    expect(entriesOf(atom)).toEqual([]);
    expect(atom).toContain('<updated>1970-01-01T00:00:00.000Z</updated>');
  });
});

describe('the JSON feed', () => {
  const read = async (address: string): Promise<any> => (await desk.get(address)).json();

  it('is a JSON Feed 1.1 of the newest 50, with a way to older ones', async () => {
    const answer = await desk.get('/@harbor/feed.json');
    expect(answer.headers.get('content-type')).toBe('application/feed+json; charset=utf-8');
    const feed = await read('/@harbor/feed.json');
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      home_page_url: `${DESK_URL}/@harbor`,
      feed_url: `${DESK_URL}/@harbor/feed.json`,
      authors: [{ name: 'Harbor Notes' }],
    });
    expect(feed.items).toHaveLength(50);
    expect(feed.items[0]).toMatchObject({
      id: `${DESK_URL}/@harbor/posts/FeedPost0057`,
      title: 'Title 57',
      image: `${DESK_URL}/assets/FeedPost0057_hero.png`,
      date_published: '2026-05-11T13:57:00.000Z',
      tags: ['harbor', 'tides'],
    });
    const older = await read(path(feed.next_url));
    expect(older.items).toHaveLength(POSTS - 50);
    expect(older.next_url).toBeUndefined();
  });

  it('begins with the post, keeps its lines, and says at the end what is a sample', async () => {
    const [item] = (await read('/@mole/feed.json')).items;
    expect(item.content_html).toMatch(/^<img [^>]*><p>One line\.<br\/>The next line\.<\/p><p>End\.<\/p>/);
    expect(item.content_html).toMatch(/<p><small>offline sample<\/small><\/p>$/);
    expect(item.summary).toBe(LINES);
    const atom = await text('/@mole/feed.xml');
    expect(atom).toContain('<summary type="html"><![CDATA[One line.<br/>The next line.]]></summary>');
  });

  it('escapes hostile text in its HTML and carries the clip', async () => {
    const [item] = (await read('/@pier/feed.json')).items;
    expect(item.content_html).not.toContain('<script');
    expect(item.content_html).toContain('&lt;script&gt;');
    expect(item.content_html).toContain('offline sample');
    expect(item.attachments.map((file: { mime_type: string }) => file.mime_type)).toEqual([
      'image/png',
      'video/mp4',
    ]);
  });
});

describe.each(['feed.xml', 'feed.json'])('%s', (feed) => {
  it('is not sent again while nothing changed', async () => {
    const etag = (await desk.get(`/@harbor/${feed}`)).headers.get('etag') as string;
    expect(etag).toBeTruthy();
    expect((await desk.get(`/@harbor/${feed}`, { 'If-None-Match': etag })).status).toBe(304);
    expect((await desk.get(`/@pier/${feed}`, { 'If-None-Match': etag })).status).toBe(200);
  });
  it('refuses a time that is none, and an account that is none', async () => {
    expect((await desk.get(`/@harbor/${feed}?before=yesterday`)).status).toBe(400);
    expect((await desk.get(`/@nobody/${feed}`)).status).toBe(404);
  });
});
