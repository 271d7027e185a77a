import { crc32, deflateSync } from 'node:zlib';
import type { Corpus, HostileAnswer } from './corpus.js';

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
