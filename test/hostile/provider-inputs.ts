import { gzipSync, crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { film } from '../../offline/fal/clip.js';

/** Hostile inputs by what is wrong with each. */
export type Corpus<T> = Readonly<Record<string, T>>;

/** An answer as a played provider gives it. */
export interface HostileAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** In pieces, one after the other: they may never end. */
  readonly body: string | Uint8Array | (() => Iterable<Uint8Array>);
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** What a model may write in the place of a draft. */
export const ANSWERS: Corpus<string> = {
  'a draft nested 300,000 deep': nested(300_000),
  'a draft of open brackets': '{['.repeat(200_000),
  'a draft of two million characters': `{"title":"${'x'.repeat(2_000_000)}"}`,
  'a draft of fences': '```json\n'.repeat(60_000),
  'a draft of thoughts': '<think>{"title":'.repeat(40_000),
  'a draft of ends of thoughts': '</think>'.repeat(60_000),
  'a draft of quotes': '{"'.repeat(200_000),
  'a draft of commas': `[${','.repeat(500_000)}]`,
  'a draft of candidates': '{"title":1} '.repeat(40_000),
  'a draft of controls': JSON.stringify({ title: '\u0000\u001b[2J\u202e\ud800'.repeat(1_000) }),
  'a draft of prototypes': '{"__proto__":{"title":"x"},"constructor":{"prototype":{}}}',
};

/** The key that the program was given, as it is found in none of its words. */
export const KEY = 'hostile-Test_key/0123456789+abc';

const error = (message: string, more: object = {}): string =>
  JSON.stringify({ error: { message, type: 'invalid_request_error', code: null, param: null, ...more } });
const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html' };

/** Error documents of a provider, or of whoever stands before it. All but the last few come with a 400. */
export const ERROR_BODIES: Corpus<HostileAnswer> = {
  'a page of open titles': { headers: html, body: '<title'.repeat(85_000) },
  'a page of open headings': { headers: html, body: `<h1${' '.repeat(510_000)}` },
  'a page of spaces': { headers: html, body: `${' '.repeat(500_000)}x` },
  'a page of halves of keys': { headers: html, body: 'sk-'.repeat(170_000) },
  'a page of tokens': { headers: html, body: 'bearer '.repeat(80_000) },
  'a page of logins': { headers: html, body: '://'.repeat(170_000) },
  'an error of 10 MB': { headers: json, body: error('x'.repeat(10_000_000)) },
  'an error nested 100,000 deep': {
    headers: json,
    body: `{"error":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  },
  'an error of 200,000 errors': { headers: json, body: `{"detail":[${'{"msg":"no"},'.repeat(200_000)}{}]}` },
  'an error with the key in it': {
    headers: json,
    body: error(
      `Incorrect key: "${KEY}" (${encodeURIComponent(KEY)}, ${Buffer.from(KEY).toString('base64')})`,
    ),
  },
  'an error with the key as its code and id': {
    headers: { ...json, 'x-request-id': KEY },
    body: error('no', { code: KEY, type: KEY }),
  },
  'an error that steers a terminal': {
    headers: json,
    body: error('\u001b]0;owned\u0007\u001b[2J\r\nERROR forged line\u202e\u2066\u0000'),
  },
  'an error of prototypes': {
    headers: json,
    body: '{"error":{"message":{"toString":1},"__proto__":{"message":"x"},"code":[],"type":{}}}',
  },
  'an error that is packed again and again': {
    headers: { ...json, 'content-encoding': 'gzip' },
    body: gzipSync(Buffer.alloc(200_000_000, 'x')),
  },
  'an error without end': {
    headers: json,
    body: function* endless() {
      for (;;) yield Buffer.alloc(1_000_000, 'x');
    },
  },
  'an error that is no text': { headers: json, body: Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x80]) },
};

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

interface Size {
  readonly width: number;
  readonly height: number;
  /** Of a grey pixel. */
  readonly bits: 1 | 8;
}

/** A grey PNG; `rows` are as they stand behind the filter, zeroes when left out. */
function png({ width, height, bits }: Size, rows?: Uint8Array, between: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = bits;
  const data = rows ?? deflateSync(Buffer.alloc((1 + Math.ceil((width * bits) / 8)) * height));
  const parts = [chunk('IHDR', head), between, chunk('IDAT', data), chunk('IEND', new Uint8Array())];
  return Buffer.concat([SIGNATURE, ...parts]);
}

const zeroes = Buffer.alloc(1_000_000);
function* endless(): Generator<Uint8Array> {
  yield SIGNATURE;
  for (;;) yield zeroes;
}

const small: Size = { width: 16, height: 16, bits: 8 };
const bomb = deflateSync(Buffer.alloc(50_000_000));

/** Pictures that a provider's host may hand out; made, since most are small only when they are packed. */
export const PICTURES: Corpus<() => HostileAnswer> = {
  'a picture of 100 million pixels': () => ({ body: png({ width: 10_000, height: 10_000, bits: 8 }) }),
  'a picture of 400 million pixels': () => ({ body: png({ width: 20_000, height: 20_000, bits: 1 }) }),
  'a picture of 2^31 by 2^31': () => ({
    body: png({ width: 0x7fffffff, height: 0x7fffffff, bits: 8 }, deflateSync(zeroes)),
  }),
  'a picture of no size': () => ({ body: png({ width: 0, height: 0, bits: 8 }, new Uint8Array()) }),
  'a picture with text that unpacks to 50 MB': () => ({
    body: png(small, undefined, chunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), bomb]))),
  }),
  'a picture with a profile that unpacks to 50 MB': () => ({
    body: png(small, undefined, chunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), bomb]))),
  }),
  'a picture with more rows than it has': () => ({ body: png(small, bomb) }),
  'half a picture': () => ({ body: png(small).subarray(0, 60) }),
  'a drawing that names a file': () => ({
    body: '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&a;</text><image href="file:///etc/passwd"/></svg>',
  }),
  'a drawing of entities': () => ({
    body: `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`).join('')}]><svg xmlns="http://www.w3.org/2000/svg"><text>&j;</text></svg>`,
  }),
  'a picture that never ends': () => ({ headers: { 'content-type': 'image/png' }, body: endless }),
  'a picture said to be larger than any': () => ({
    headers: { 'content-length': '999999999999' },
    body: SIGNATURE,
  }),
  'a picture that is packed again and again': () => ({
    headers: { 'content-encoding': 'deflate' },
    body: deflateSync(Buffer.concat([SIGNATURE, Buffer.alloc(300_000_000)])),
  }),
};

const MOST = 0xffff_ffff;

/** The clip with numbers of a box changed, each at its place behind the name of the box, in bytes. */
function changed(clip: Uint8Array, box: string, numbers: Readonly<Record<number, number>>): Buffer {
  const copy = Buffer.from(clip);
  const at = copy.indexOf(box, 0, 'latin1');
  if (at < 0) throw new Error(`the good clip has no ${box}`);
  for (const [place, value] of Object.entries(numbers)) copy.writeUInt32BE(value, at + 4 + Number(place));
  return copy;
}

const header = (size: number, name: string): Buffer => {
  const made = Buffer.from(`....${name}`, 'latin1');
  made.writeUInt32BE(size);
  return made;
};

/** Clips from one of a second. Behind the name of a table stand 4 bytes of version and flags, then its count and its rows. */
export async function clips(): Promise<Corpus<Uint8Array>> {
  const picture = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#1f6f78' } })
    .png()
    .toBuffer();
  const good = await film({ picture, size: { width: 64, height: 48 }, seconds: 1 });
  const boxes = Buffer.concat(Array.from({ length: 20_000 }, (_, n) => header(8 * (20_000 - n), 'trak')));
  return {
    'a clip with endless samples in a chunk': changed(good, 'stsc', { 8: 1, 12: MOST }),
    'a clip with endless rows of chunks': changed(good, 'stsc', { 4: MOST }),
    'a clip with a track of 2^32 by 2^32': changed(good, 'tkhd', { 76: MOST, 80: MOST }),
    'a clip of boxes in boxes': Buffer.concat([
      good.subarray(0, 32),
      header(8 + boxes.length, 'moov'),
      boxes,
    ]),
    'a clip of empty boxes': Buffer.concat([Buffer.from(good), Buffer.alloc(8 * 200_000, header(8, 'free'))]),
    'half a clip': Buffer.from(good.subarray(0, good.length / 2)),
    'a page in the place of a clip': Buffer.from('<!doctype html><script>alert(1)</script>'),
  };
}
