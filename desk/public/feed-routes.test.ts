import { beforeAll, describe, expect, it } from 'vitest';
import { DESK_URL, expectShown, useDesk } from '../testing/use-desk.js';
import { sampleAccount, sampleBatch, samplePost } from '../testing/samples.js';

const HOSTILE = `<script>alert(1)</script>"><img src=x onerror=alert(2)> ]]> & 'x' \u0000\u0008`;
const LINES = 'One line.\nThe next line.';
const POSTS = 57;
const [ATOM, JSON_FEED] = ['/@harbor/feed.xml', '/@harbor/feed.json'];
const NEWEST = `${DESK_URL}/@harbor/posts/FeedPost0057`;
const PICTURE = `${DESK_URL}/assets/FeedPost0057_hero.png`;

const desk = useDesk();
beforeAll(async () => {
  await desk.saveBatch();
  for (let n = 1; n <= POSTS; n += 1) {
    const publishedAt = new Date(Date.UTC(2026, 4, 11, 13, n)).toISOString();
    const id = `FeedPost${String(n).padStart(4, '0')}`;
    await desk.publish(samplePost(id, { publishedAt, title: `Title ${n}` }));
  }
  const saveAccount = (id: string, account: string, changes: Parameters<typeof sampleAccount>[0] = {}) =>
    desk.saveBatch(sampleBatch({ id, account }), sampleAccount({ handle: account, ...changes }));
  await saveAccount('BatchBatch02', 'pier', { name: 'Pier & <Co>', bio: 'a < b' });
  await saveAccount('BatchBatch03', 'quay');
  await saveAccount('BatchBatch04', 'mole', { disclosure: 'Written by a machine & read by Mo.' });
  const id = 'HostilePost1';
  const words = {
    title: HOSTILE,
    body: HOSTILE,
    caption: HOSTILE,
    altText: HOSTILE,
    hashtags: [HOSTILE, 'fine'],
  };
  const clip = { account: 'pier', batchId: 'BatchBatch02', offline: true, contentFormat: 'video' };
  const files = { [`${id}_hero.png`]: new Uint8Array([1]), [`${id}_video.mp4`]: new Uint8Array([2]) };
  await desk.publish(samplePost(id, { ...clip, ...words }), files);
  const lines = { body: `${LINES}\n\nEnd.`, caption: LINES, hashtags: [], offline: true };
  await desk.publish(samplePost('LinesPost001', { account: 'mole', batchId: 'BatchBatch04', ...lines }));
});

const text = (address: string): Promise<string> => desk.text(address);
const read = async (address: string): Promise<any> => JSON.parse(await text(address));
const entriesOf = (atom: string): string[] => atom.match(/<entry>[^]*?<\/entry>/g) ?? [];
const idOf = (xml: string): string | undefined => /<id>([^<]*)<\/id>/.exec(xml)?.[1];
const link = (xml: string, rel: string): string | undefined =>
  new RegExp(`<link rel="${rel}" href="([^"]*)"`).exec(xml)?.[1]?.replaceAll('&amp;', '&');
const path = (url: string | undefined): string => (url as string).slice(DESK_URL.length);

describe('the Atom feed', () => {
  it('holds the newest 50, newest first, each with its address as id and its picture', async () => {
    const atom = await text(ATOM);
    const [newest = '', ...others] = entriesOf(atom);
    expect(others).toHaveLength(49);
    expect(newest).toContain('Title 57');
    expect([idOf(newest), link(newest, 'enclosure')]).toEqual([NEWEST, PICTURE]);
    expect(link(atom, 'self')).toBe(`${DESK_URL}${ATOM}`);
    expect(atom).toContain('<updated>2026-05-11T13:57:00.000Z</updated>');
  });

  it('pages on to older ones, none lost and none twice', async () => {
    const first = await text(ATOM);
    const second = await text(path(link(first, 'next')));
    const ids = [...entriesOf(first), ...entriesOf(second)].map(idOf);
    expect([ids.length, new Set(ids).size]).toEqual([POSTS, POSTS]);
    expect(link(second, 'next')).toBeUndefined();
  });

  it('keeps hostile text text', async () => {
    const atom = await text('/@pier/feed.xml');
    const shown = ['<title>Pier &amp; &lt;Co&gt;</title>', '&lt;script&gt;alert(1)&lt;/script&gt;'];
    expectShown(atom, [...shown, 'offline sample'], ['<script', '<img src=x']);
    expect(atom.match(/<category [^>]*>/g)).toEqual(['<category label="fine" term="fine"/>']);
  });

  it('is stable while it is empty', async () => {
    const atom = await text('/@quay/feed.xml');
    expect(entriesOf(atom)).toEqual([]);
    expect(atom).toContain('<updated>1970-01-01T00:00:00.000Z</updated>');
  });
});

describe('the JSON feed', () => {
  it('is a JSON Feed 1.1 of the newest 50, with a way to older ones', async () => {
    const feed = await read(JSON_FEED);
    expect(feed).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      home_page_url: `${DESK_URL}/@harbor`,
      feed_url: `${DESK_URL}${JSON_FEED}`,
      authors: [{ name: 'Harbor Notes' }],
    });
    expect(feed.items).toHaveLength(50);
    const facts = { date_published: '2026-05-11T13:57:00.000Z', tags: ['harbor', 'tides'] };
    expect(feed.items[0]).toMatchObject({ id: NEWEST, title: 'Title 57', image: PICTURE, ...facts });
    const older = await read(path(feed.next_url));
    expect(older.items).toHaveLength(POSTS - 50);
    expect(older.next_url).toBeUndefined();
  });

  it('begins with the post, keeps its lines, and says at the end what is a sample', async () => {
    const [item] = (await read('/@mole/feed.json')).items;
    expect(item.content_html).toMatch(/^<img [^>]*><p>One line\.<br\/>The next line\.<\/p><p>End\.<\/p>/);
    expect(item.content_html).toMatch(/<p><small>offline sample<\/small><\/p>$/);
    expect(item.summary).toBe(LINES);
    const summary = '<summary type="html"><![CDATA[One line.<br/>The next line.]]></summary>';
    expect(await text('/@mole/feed.xml')).toContain(summary);
  });

  it('escapes hostile text in its HTML and carries the clip', async () => {
    const [item] = (await read('/@pier/feed.json')).items;
    expectShown(item.content_html, ['&lt;script&gt;', 'offline sample'], ['<script']);
    const types = item.attachments.map((file: { mime_type: string }) => file.mime_type);
    expect(types).toEqual(['image/png', 'video/mp4']);
  });
});

describe.each([
  ['feed.xml', 'application/atom+xml; charset=utf-8'],
  ['feed.json', 'application/feed+json; charset=utf-8'],
])('%s', (feed, type) => {
  it('has its type, and is not sent again while nothing changed', async () => {
    const { headers } = await desk.get(`/@harbor/${feed}`);
    expect(headers.get('content-type')).toBe(type);
    const etag = { 'If-None-Match': headers.get('etag')! };
    expect((await desk.get(`/@harbor/${feed}`, etag)).status).toBe(304);
    expect((await desk.get(`/@pier/${feed}`, etag)).status).toBe(200);
  });
  it('refuses a time that is none, and an account that is none', async () => {
    expect((await desk.get(`/@harbor/${feed}?before=yesterday`)).status).toBe(400);
    expect((await desk.get(`/@nobody/${feed}`)).status).toBe(404);
  });
  it('says once how the posts were made, where the account wants it said', async () => {
    expect((await text(`/@mole/${feed}`)).match(/Written by a machine/g)).toHaveLength(1);
    expect(await text(`/@harbor/${feed}`)).not.toContain('Made with AI');
  });
});
