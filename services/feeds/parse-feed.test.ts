import { describe, expect, it } from 'vitest';
import { decode } from './read-feed.js';
import { parseFeed } from './parse-feed.js';

const now = new Date('2026-11-26T09:00:00Z');
const parsed = (text: string, signal = new AbortController().signal) =>
  parseFeed({ text, url: 'https://feeds.example/a/feed.xml', now, signal });
/** Each item in a line. */
const shownItems = async (text: string) =>
  (await parsed(text)).map(({ url, title, summary, publishedAt }) =>
    [url, title, summary, publishedAt].join(' | '),
  );

describe('a feed is read', () => {
  it('as RSS 2', async () => {
    const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"
      xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
      <channel><title>Paper</title><link>https://paper.example/</link><atom:link rel="self" href="/self"/>
      <item><media:title>Not this</media:title><title>Rates &amp; <![CDATA[<b>rents</b>]]></title><link>
        https://paper.example/r?utm_source=rss </link><guid isPermaLink="false">17</guid>
        <description>&lt;p&gt;They fell.&lt;/p&gt;&lt;p&gt;Again.&lt;/p&gt;</description>
        <content:encoded>Long.</content:encoded><pubDate>Tue, 24 Nov 2026 10:00:00 +0100</pubDate></item>
      <item><title>By its id</title><guid>https://paper.example/id</guid></item>
      <item><title>No address</title><guid isPermaLink="false">https://paper.example/not</guid></item>
      </channel></rss><script>x</script>`;
    expect(await shownItems(rss)).toEqual([
      'https://paper.example/r?utm_source=rss | Rates & rents | They fell. Again. | 2026-11-24T09:00:00.000Z',
      'https://paper.example/id | By its id |  | ',
    ]);
  });

  it('as RSS 1, whose items stand beside the channel', async () => {
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:d="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://paper.example/"><title>Paper</title></channel>
      <item rdf:about="https://paper.example/one"><title>One</title><link>/one</link><d:date>2026-11-24T10:00:00Z</d:date>
      <description>How it begins.</description></item></rdf:RDF>`;
    expect(await shownItems(rdf)).toEqual([
      'https://feeds.example/one | One | How it begins. | 2026-11-24T10:00:00.000Z',
    ]);
  });

  it('as Atom, with the link and the times that count, and text within tags', async () => {
    const atom = `<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="https://paper.example/b/"><a:title>Paper</a:title>
      <a:entry><a:id>urn:1</a:id><a:title type="xhtml"><div>An <b>xhtml</b> title<script>x()</script></div></a:title>
      <a:link rel="enclosure" href="/no.mp3"/><a:link href="c?d=1&amp;e=2"/><a:updated>2026-11-25T10:00:00Z</a:updated>
      <a:published>2026-11-24T10:00:00Z</a:published><a:content>Its words.</a:content></a:entry></a:feed>`;
    expect(await shownItems(atom)).toEqual([
      'https://paper.example/b/c?d=1&e=2 | An xhtml title | Its words. | 2026-11-24T10:00:00.000Z',
    ]);
  });

  it('as JSON Feed', async () => {
    const items = [
      { id: 'https://paper.example/id', title: 'By its id', content_html: '<p>One</p>' },
      { id: 2, url: '/two', title: 'Two', summary: 'Two', date_modified: '2026-11-24T10:00:00Z' },
      { id: 3, url: '/three', content_text: 'A note without a title' },
    ];
    const feed = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items });
    expect(await shownItems(`\ufeff ${feed}`)).toEqual([
      'https://feeds.example/two | Two |  | 2026-11-24T10:00:00.000Z',
      'https://paper.example/id | By its id | One | ',
    ]);
  });

  it('newest first, and 50 items at most', async () => {
    const items = Array.from({ length: 70 }, (_, at) => {
      const day = String((at % 24) + 1).padStart(2, '0');
      return { id: at, url: `/${at}`, title: `T${at}`, date_published: `2026-11-${day}T10:00:00Z` };
    });
    const read = await parsed(JSON.stringify({ items }));
    expect(read).toHaveLength(50);
    const times = read.map(({ publishedAt }) => publishedAt);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('no further than there is time', async () => {
    const reason = new Error('over');
    await expect(parsed('<rss></rss>', AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

it('knows one and the same item by its address without the marks of campaigns, and by its id', async () => {
  const links = ['?id=1&amp;utm_source=a#b', '?id=1', '?id=2'].map(
    (query, id) => `<item><title>T</title><link>https://a.example/${query}</link><guid>${id}</guid></item>`,
  );
  const items = await parsed(`<rss><channel>${links.join('')}</channel></rss>`);
  const [one, two, three] = items.map(({ urlKey }) => urlKey);
  expect(one).toBe(two);
  expect(one).not.toBe(three);
  expect(new Set(items.map(({ idKey }) => idKey)).size).toBe(3);
});

describe('bytes are read', () => {
  const text = '<rss>Größe</rss>';
  it.each<[string, Uint8Array, string | null]>([
    ['UTF-8', Buffer.from(text), null],
    ['UTF-8 by its mark', Buffer.from(`\ufeff${text}`), 'text/xml; charset=iso-8859-1'],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'text/xml; charset=utf-8'],
    ['UTF-16 without one', Buffer.from(`<?${text}`, 'utf16le'), null],
    ['Latin-1 of the server', Buffer.from(text, 'latin1'), 'text/xml; charset="ISO-8859-1"'],
    ['Latin-1 of nobody', Buffer.from(text, 'latin1'), null],
    ['UTF-8 that ends within a character', Buffer.from(`${text}ß`).subarray(0, -1), null],
  ])('that are %s', (_what, bytes, type) => {
    expect(decode(bytes, type).replace('<?', '')).toBe(text);
  });
});
