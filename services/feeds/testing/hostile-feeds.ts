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
const endlessly =
  (start: string, piece: string, headers: Record<string, string> = {}): FeedAnswer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/xml', ...headers });
    pour(response, start, piece.repeat(Math.ceil(16_384 / piece.length)));
  };

function pour(response: Pick<ServerResponse, 'write' | 'once'>, start: string, piece: string): void {
  const more = (): void => {
    while (response.write(piece));
    response.once('drain', more);
  };
  response.write(start);
  more();
}

const dripping =
  (start: string): FeedAnswer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' }).write(start);
    const timer = setInterval(() => response.write(' '), 20);
    response.once('close', () => clearInterval(timer));
  };

const bomb: FeedAnswer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/xml', 'content-encoding': 'gzip' });
  const packed = createGzip({ level: 9 });
  packed.pipe(response);
  response.once('close', () => packed.destroy());
  pour(packed as unknown as ServerResponse, rss(good), ' '.repeat(65_536));
};

const headersWithoutEnd: FeedAnswer = (_request, response) => {
  response.socket?.write('HTTP/1.1 200 OK\r\n');
  const timer = setInterval(() => response.socket?.write('x: y\r\n'), 20);
  response.socket?.once('close', () => clearInterval(timer));
};

const to =
  (location: string): FeedAnswer =>
  (_request, response) =>
    void response.writeHead(302, { location }).end();

const status =
  (code: number): FeedAnswer =>
  (_request, response) =>
    void response.writeHead(code).end(rss(good));

const cutOff: FeedAnswer = (_request, response) => {
  response.writeHead(200, { 'content-length': '100000' }).write(rss(good));
  setTimeout(() => response.destroy(), 20);
};

const laughs = `<!DOCTYPE rss [<!ENTITY a "ha">${Array.from(
  { length: 9 },
  (_, at) => `<!ENTITY ${'abcdefghij'[at + 1]} "${`&${'abcdefghij'[at]};`.repeat(10)}">`,
).join('')}]>`;

const json = (value: string): FeedAnswer => body(value, 'application/feed+json');
const jsonItem = (title: string, more = ''): string =>
  `{"id":"${title}","url":"https://news.example/j","title":"${title}"${more}}`;

/** @param inside the address of a server within the machine, which must never be asked */
export function hostileFeeds(inside: string): HostileFeed[] {
  const feed = (name: string, answer: FeedAnswer, comes: HostileFeed['comes']): HostileFeed => ({
    name,
    answer,
    comes,
    isSlow: comes instanceof RegExp && comes.source.includes('after'),
  });
  const xml = (name: string, text: string | Uint8Array, comes: HostileFeed['comes'], type?: string) =>
    feed(name, body(text, type), comes);
  const host = new URL(inside).host;
  return [
    feed('endless items', endlessly(rss('').slice(0, -20), good), /larger than/),
    feed('endless spaces', endlessly('', ' '), /larger than/),
    feed('a body that drips', dripping(rss(good)), /not (whole|read) after/),
    feed('never a word', () => undefined, /not (whole|read) after/),
    feed('headers without end', headersWithoutEnd, /not (whole|read) after|HEADERS|could not be fetched/),
    feed('a gzip bomb', bomb, /larger than/),
    feed(
      'a length of a terabyte',
      (_request, response) =>
        void response.writeHead(200, { 'content-length': String(2 ** 40) }).write('<rss>'),
      /larger than/,
    ),
    feed(
      'plain text that claims to be gzip',
      (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(rss(good)),
      /could not be fetched|Z_DATA_ERROR/,
    ),
    feed('a redirect into the machine', to(inside), /not a public address/),
    feed(
      'a redirect to a name of the machine',
      to(`http://localhost:${new URL(inside).port}/`),
      /not a public/,
    ),
    feed('a redirect to a cloud’s metadata', to('http://169.254.169.254/latest/'), /not a public address/),
    feed('a redirect to a file', to('file:///etc/passwd'), /neither http nor https/),
    feed('a redirect to itself', to('/redirects'), /404|redirects/),
    feed('a status of 404', status(404), /it answered 404/),
    feed('a status of 500', status(500), /it answered 500/),
    feed('a connection that is cut', cutOff, /could not be fetched|UND_ERR|ECONNRESET/),
    xml('an empty body', '', /it is empty/),
    xml(
      'a page of HTML',
      '<!doctype html><html><head><title>x</title></head><body>y</body></html>',
      /no RSS/,
    ),
    xml('words', 'Service temporarily unavailable', /no RSS/),
    xml('XML that is no feed', `<?xml version="1.0"?><html>${good}</html>`, /no RSS/),
    xml('billion laughs', `${laughs}${rss(item('&j;', 'laughs'))}`, ['&j;']),
    xml(
      'one entity, often',
      `<!DOCTYPE rss [<!ENTITY a "${'A'.repeat(100_000)}">]>${rss(item('&a;'.repeat(50), 'often'))}`,
      ['&a;'.repeat(50)],
    ),
    xml(
      'an entity that is a file',
      `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${rss(item('&x;', 'file'))}`,
      ['&x;'],
    ),
    xml(
      'an entity from within the machine',
      `<!DOCTYPE rss SYSTEM "${inside}/dtd" [<!ENTITY % p SYSTEM "${inside}/p"> %p; <!ENTITY x SYSTEM "${inside}/x">]>${rss(item('&x;', 'x'))}`,
      ['&x;'],
    ),
    xml('deep nesting', rss(`<item>${'<a>'.repeat(100_000)}${'</b>'.repeat(100_000)}</item>`), /nested/),
    xml('many attributes', rss(`<item ${'a="1" '.repeat(100_000)}></item>${good}`), [GOOD]),
    xml('a million items', rss('<item/>'.repeat(500_000) + good), /larger than|no item/),
    xml('a huge title', rss(item('x'.repeat(900_000), 'huge')), [`${'x'.repeat(199)}…`]),
    xml('a comment without end', `${rss(good).slice(0, -16)}<!-- ${'-'.repeat(500_000)}`, [GOOD]),
    xml('a text that breaks off', rss(good + item('Half', 'half')).slice(0, -60), [GOOD]),
    xml(
      'tags that do not match',
      rss(`<item><title>One</b></title><link>https://news.example/1</link></i></item>${good}`),
      [GOOD, 'One'],
    ),
    xml(
      'script in titles',
      rss(
        item('&lt;script&gt;alert(1)&lt;/script&gt;Escaped', 'a', 3) +
          item('<![CDATA[<img src=x onerror=alert(1)>Wrapped]]>', 'b', 2) +
          item('<script>alert(1)</script>Bare', 'c', 1),
      ),
      ['Escaped', 'Wrapped', 'Bare'],
    ),
    xml('CDATA that ends early', rss(item('<![CDATA[One]]>]]&gt;<![CDATA[ & two]]>', 'cdata')), [
      'One]]> & two',
    ]),
    xml(
      'links that are code',
      rss(
        [
          'javascript:alert(1)',
          'data:text/html,x',
          'vbscript:x',
          'file:///etc/passwd',
          'https://u:p@news.example/',
          ' ',
        ]
          .map((link) => `<item><title>Bad</title><link>${link}</link></item>`)
          .join('') + good,
      ),
      [GOOD],
    ),
    xml(
      'relative links',
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Near</title><link href="/near?a=1&amp;b=2"/></entry></feed>`,
      ['Near'],
    ),
    xml(
      'Latin-1 that claims to be UTF-8',
      latin1(rss(item('Café', 'cafe'))),
      ['Café'],
      'text/xml; charset=utf-8',
    ),
    xml(
      'Latin-1 that says so',
      latin1(`<?xml version="1.0" encoding="ISO-8859-1"?>${rss(item('Café', 'cafe2'))}`),
      ['Café'],
      'text/xml',
    ),
    xml('UTF-16', Buffer.from(`\ufeff${rss(item('Café', 'cafe3'))}`, 'utf16le'), ['Café']),
    xml('UTF-8 that claims to be UTF-16', rss(item('Café', 'cafe4')), ['Café'], 'text/xml; charset=utf-16'),
    xml('an encoding that nobody knows', rss(item('Café', 'cafe5')), ['Café'], 'text/xml; charset=klingon'),
    xml('zeros between', rss(item('Ze\0ro', 'zero')), ['Zero']),
    xml('what can’t be seen', rss(item('Safe\u202e gnirts\u202c\u200b\u{e0041}\u001b[31m', 'unseen')), [
      'Safe gnirts [31m',
    ]),
    xml(
      'the same id again and again',
      rss(
        ['One', 'Two']
          .map((title, at) =>
            item(title, `same${at}`, 2 - at).replace('</item>', '<guid isPermaLink="false">7</guid></item>'),
          )
          .join(''),
      ),
      ['One'],
    ),
    xml('the same title again and again', rss(item('Same', 's1') + item('SAME!', 's2')), ['Same']),
    xml(
      'no times',
      rss(
        ['A', 'B']
          .map((title) => `<item><title>${title}</title><link>https://news.example/${title}</link></item>`)
          .join(''),
      ),
      ['A', 'B'],
    ),
    xml(
      'times that can’t be',
      rss(
        ['Fri, 31 Dec 9999 23:59:59 GMT', 'yesterday', '1', '-271821-04-20', 'Episode 5', '0'.repeat(100_000)]
          .map(
            (date, at) =>
              `<item><title>T${at}</title><link>https://news.example/t${at}</link><pubDate>${date}</pubDate></item>`,
          )
          .join('') + good,
      ),
      [GOOD, 'T0', 'T1', 'T2', 'T3', 'T4', 'T5'],
    ),
    feed(
      'JSON of prototypes',
      json(
        `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"items":[${jsonItem('Proto', ',"__proto__":{"title":"No"}')}]}`,
      ),
      ['Proto'],
    ),
    feed('JSON that is nested without end', json(`{"items":${'['.repeat(300_000)}`), /nested/),
    feed('JSON that breaks off', json(`{"items":[${jsonItem('Half')}`), /not whole JSON/),
    feed(
      'JSON of other kinds',
      json(`{"items":[null,1,"x",[],{"title":{}},{"title":["a"],"url":1},${jsonItem('Kind')}]}`),
      ['Kind'],
    ),
    feed('JSON that is no feed', json('{"error":"no"}'), /no JSON Feed/),
    xml('a page of an inner host in a title', rss(item(`http://${host}/`, 'inner')), [`http://${host}/`]),
  ];
}
