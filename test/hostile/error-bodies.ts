import { gzipSync } from 'node:zlib';
import type { Corpus, HostileAnswer } from './corpus.js';

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
