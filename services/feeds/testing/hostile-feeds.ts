import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { body, item, rss, type FeedAnswer } from './feed-server.js';

/** A feed that is broken or meant to hurt, and what is to come of it. */
export interface HostileFeed {
  readonly name: string;
  readonly answer: FeedAnswer;
  /** The titles that come of it, newest first; a pattern for why it is skipped. */
  readonly comes: readonly string[] | RegExp;
  /** It takes all the time that it is given. */
  readonly isSlow: boolean;
}

const GOOD = 'A quiet harbor';
const good = item(GOOD, 'quiet');
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Writes the same piece without end, as fast as it is taken. */
function pour(response: Pick<ServerResponse, 'write' | 'once'>, start: string, piece: string): void {
  const much = piece.repeat(Math.ceil(65_536 / piece.length));
  const more = (): void => {
    while (response.write(much));
    response.once('drain', more);
  };
  response.write(start);
  more();
}

const endlessly =
  (start: string, piece: string): FeedAnswer =>
  (_request, response) =>
    pour(response.writeHead(200, { 'content-type': 'application/xml' }), start, piece);

/** Writes the same few bytes again and again, until the connection is closed. */
function drip(response: ServerResponse, write: () => unknown): void {
  const timer = setInterval(write, 20);
  response.socket?.once('close', () => clearInterval(timer));
}

const dripping: FeedAnswer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/xml' }).write(rss(good));
  drip(response, () => response.write(' '));
};

const headersWithoutEnd: FeedAnswer = (_request, response) => {
  response.socket?.write('HTTP/1.1 200 OK\r\n');
  drip(response, () => response.socket?.write('x: y\r\n'));
};

const bomb: FeedAnswer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/xml', 'content-encoding': 'gzip' });
  const packed = createGzip({ level: 9 });
  packed.pipe(response);
  response.once('close', () => packed.destroy());
  pour(packed as unknown as ServerResponse, rss(good), ' ');
};

const cutOff: FeedAnswer = (_request, response) => {
  response.writeHead(200, { 'content-length': '100000' });
  response.write(rss(good), () => response.destroy());
};

/** A status, a header and a body that may not go together. */
const answers =
  (status: number, headers: Record<string, string> = {}): FeedAnswer =>
  (_request, response) =>
    void response.writeHead(status, headers).end(rss(good));
const to = (location: string): FeedAnswer => answers(302, { location });

const laughs = `<!DOCTYPE rss [<!ENTITY a "ha">${Array.from(
  { length: 9 },
  (_, at) => `<!ENTITY ${'abcdefghij'[at + 1]} "${`&${'abcdefghij'[at]};`.repeat(10)}">`,
).join('')}]>`;
/** An RSS feed of one item that shows an entity, behind a document type that defines it. */
const entity = (type: string, shown: string): string => `<!DOCTYPE rss ${type}>${rss(item(shown, 'entity'))}`;

/** Items that all differ in one part. */
const items = (all: readonly string[], write: (one: string, at: number) => string): string =>
  rss(all.map(write).join('') + good);
const BAD_LINKS = ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd'];
const BAD_TIMES = ['Fri, 31 Dec 9999 23:59:59 GMT', 'yesterday', '1', '-271821-04-20', 'Episode 5'];
const titled = (title: string, more = ''): string =>
  `<item><title>${title}</title><link>https://news.example/${title}</link>${more}</item>`;

const json = (value: string): FeedAnswer => body(value, 'application/feed+json');
const jsonItem = (title: string, more = ''): string =>
  `{"id":"${title}","url":"https://news.example/j","title":"${title}"${more}}`;
const POLLUTING = `"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}`;

/** @param inside the address of a server within the machine, which must never be asked */
export function hostileFeeds(inside: string): HostileFeed[] {
  const { host, port } = new URL(inside);
  const NOT_IN_TIME = /not (whole|read) after/;
  const external = `SYSTEM "${inside}/dtd" [<!ENTITY % p SYSTEM "${inside}/p"> %p; <!ENTITY x SYSTEM "${inside}/x">]`;
  const named = (name: string, at: number) =>
    item(name, `same${at}`, 2 - at).replace('</item>', '<guid isPermaLink="false">7</guid></item>');
  const café = rss(item('Café', 'cafe'));
  const scripts =
    item('&lt;script&gt;alert(1)&lt;/script&gt;Escaped', 'a', 3) +
    item('<![CDATA[<img src=x onerror=alert(1)>Wrapped]]>', 'b', 2) +
    item('<script>alert(1)</script>Bare', 'c', 1);
  const mismatched = `<item><title>One</b></title><link>https://news.example/1</link></i></item>`;
  const near = `<entry><title>Near</title><link href="/near?a=1&amp;b=2"/></entry>`;
  const unseen = 'Safe\u202e gnirts\u202c\u200b\u{e0041}\u001b[31m';

  const served: readonly (readonly [string, FeedAnswer, HostileFeed['comes']])[] = [
    ['endless items', endlessly(rss('').slice(0, -20), good), /larger than/],
    ['endless spaces', endlessly('', ' '), /larger than/],
    ['a body that drips', dripping, NOT_IN_TIME],
    ['never a word', () => undefined, NOT_IN_TIME],
    ['headers without end', headersWithoutEnd, /not (whole|read) after|HEADERS|could not be fetched/],
    ['a gzip bomb', bomb, /larger than/],
    ['a length of a terabyte', answers(200, { 'content-length': String(2 ** 40) }), /larger than/],
    [
      'no gzip that claims to be',
      answers(200, { 'content-encoding': 'gzip' }),
      /not be fetched|Z_DATA_ERROR/,
    ],
    ['a redirect into the machine', to(inside), /not a public address/],
    ['a redirect to a name of the machine', to(`http://localhost:${port}/`), /not a public/],
    ['a redirect to a cloud’s metadata', to('http://169.254.169.254/latest/'), /not a public address/],
    ['a redirect to a file', to('file:///etc/passwd'), /neither http nor https/],
    ['a redirect to itself', to('/redirects'), /404|redirects/],
    ['a status of 404', answers(404), /it answered 404/],
    ['a status of 500', answers(500), /it answered 500/],
    ['a connection that is cut', cutOff, /could not be fetched|UND_ERR|ECONNRESET/],
    ['Latin-1 that claims to be UTF-8', body(latin1(café), 'text/xml; charset=utf-8'), ['Café']],
    [
      'Latin-1 that says so',
      body(latin1(`<?xml version="1.0" encoding="ISO-8859-1"?>${café}`), 'text/xml'),
      ['Café'],
    ],
    ['UTF-16', body(Buffer.from(`\ufeff${café}`, 'utf16le')), ['Café']],
    ['UTF-8 that claims to be UTF-16', body(café, 'text/xml; charset=utf-16'), ['Café']],
    ['an encoding that nobody knows', body(café, 'text/xml; charset=klingon'), ['Café']],
    [
      'JSON of prototypes',
      json(`{${POLLUTING},"items":[${jsonItem('Proto', ',"__proto__":{"title":"No"}')}]}`),
      ['Proto'],
    ],
    ['JSON that is nested without end', json(`{"items":${'['.repeat(300_000)}`), /nested/],
    ['JSON that breaks off', json(`{"items":[${jsonItem('Half')}`), /not whole JSON/],
    [
      'JSON of other kinds',
      json(`{"items":[null,1,"x",[],{"title":{}},{"title":["a"],"url":1},${jsonItem('Kind')}]}`),
      ['Kind'],
    ],
    ['JSON that is no feed', json('{"error":"no"}'), /no JSON Feed/],
  ];
  const documents: readonly (readonly [string, string, HostileFeed['comes']])[] = [
    ['an empty body', '', /it is empty/],
    ['a page of HTML', '<!doctype html><html><head><title>x</title></head><body>y</body></html>', /no RSS/],
    ['words', 'Service temporarily unavailable', /no RSS/],
    ['XML that is no feed', `<?xml version="1.0"?><html>${good}</html>`, /no RSS/],
    ['billion laughs', `${laughs}${rss(item('&j;', 'laughs'))}`, ['&j;']],
    [
      'one entity, often',
      entity(`[<!ENTITY a "${'A'.repeat(100_000)}">]`, '&a;'.repeat(50)),
      ['&a;'.repeat(50)],
    ],
    ['an entity that is a file', entity('[<!ENTITY x SYSTEM "file:///etc/passwd">]', '&x;'), ['&x;']],
    ['an entity from within the machine', entity(external, '&x;'), ['&x;']],
    ['deep nesting', rss(`<item>${'<a>'.repeat(100_000)}${'</b>'.repeat(100_000)}</item>`), /nested/],
    ['many attributes', rss(`<item ${'a="1" '.repeat(100_000)}></item>${good}`), [GOOD]],
    ['a million items', rss('<item/>'.repeat(500_000) + good), /larger than|no item/],
    ['a huge title', rss(item('x'.repeat(900_000), 'huge')), [`${'x'.repeat(199)}…`]],
    ['a comment without end', `${rss(good).slice(0, -16)}<!-- ${'-'.repeat(500_000)}`, [GOOD]],
    ['a text that breaks off', rss(good + item('Half', 'half')).slice(0, -60), [GOOD]],
    ['tags that do not match', rss(mismatched + good), [GOOD, 'One']],
    ['script in titles', rss(scripts), ['Escaped', 'Wrapped', 'Bare']],
    ['CDATA that ends early', rss(item('<![CDATA[One]]>]]&gt;<![CDATA[ & two]]>', 'c')), ['One]]> & two']],
    [
      'links that are code',
      items(
        [...BAD_LINKS, 'https://u:p@news.example/', ' '],
        (link) => `<item><title>Bad</title><link>${link}</link></item>`,
      ),
      [GOOD],
    ],
    ['relative links', `<feed xmlns="http://www.w3.org/2005/Atom">${near}</feed>`, ['Near']],
    ['zeros between', rss(item('Ze\0ro', 'zero')), ['Zero']],
    ['what can’t be seen', rss(item(unseen, 'unseen')), ['Safe gnirts [31m']],
    ['the same id again and again', rss(['One', 'Two'].map(named).join('')), ['One']],
    ['the same title again and again', rss(item('Same', 's1') + item('SAME!', 's2')), ['Same']],
    ['no times', rss(titled('A') + titled('B')), ['A', 'B']],
    [
      'times that can’t be',
      items([...BAD_TIMES, '0'.repeat(100_000)], (date, at) =>
        titled(`T${at}`, `<pubDate>${date}</pubDate>`),
      ),
      [GOOD, 'T0', 'T1', 'T2', 'T3', 'T4', 'T5'],
    ],
    ['a page of an inner host in a title', rss(item(`http://${host}/`, 'inner')), [`http://${host}/`]],
  ];
  const all = [...served, ...documents.map(([name, text, comes]) => [name, body(text), comes] as const)];
  return all.map(([name, answer, comes]) => {
    const isSlow = comes instanceof RegExp && comes.source.includes('after');
    return { name, answer, comes, isSlow };
  });
}
