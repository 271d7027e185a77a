import { readdirSync, readFileSync } from 'node:fs';
import { endLine } from '../../contract/archive-export.js';
import type { RawRequest } from '../../desk/testing/raw-request.js';
import { DUMP_HEADER } from '../../services/archive/transfer/lines.js';
import type { Corpus } from './provider-inputs.js';

const times = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('');

const folder = new URL('accounts/', import.meta.url);
const small = Object.fromEntries(
  readdirSync(folder).map((name) => [`the file ${name}`, readFileSync(new URL(name, folder), 'utf8')]),
);

/** Account files that are refused, each with its lines: the small ones as they lie in `accounts/`, the large ones made. */
export const ACCOUNT_FILES: Corpus<string> = {
  ...small,
  'a file of 20,000 unknown keys': times(20_000, (n) => `k${n}: 1\n`),
  'a file of 15,000 anchors': times(15_000, (n) => `k${n}: &a${n} 1\n`),
  'a file of 60,000 aliases': `k: &a 1\nl: [${'*a,'.repeat(60_000)}]`,
  'a file of open brackets': '['.repeat(200_000),
  'a file of lists in lists': '- '.repeat(120_000),
  'a file of maps in maps': times(700, (n) => `${' '.repeat(n)}a:\n`),
  'a file of odd lines': '%\n'.repeat(100_000),
  'a file of a megabyte': '#'.repeat(1_000_000),
};

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const HEADER = JSON.stringify(DUMP_HEADER);
const whole = (...lines: readonly string[]): string =>
  [HEADER, ...lines, endLine(lines.length + 1)].join('\n');
const bill = (change: object): string => {
  const at = '2026-11-24T10:00:00Z';
  const row = { key: 'k', request_id: 'r', amount: 1, units: null, at, seen_at: at, ...change };
  return JSON.stringify({ table: 'bills', row });
};

/** Exports that are refused, each with its line: nothing of one is taken in. */
export const EXPORTS: Corpus<string> = {
  'an export nested 20,000 deep': whole(`{"table":"posts","row":{"doc":${nested(20_000)}}}`),
  'an export of nothing but depth': nested(3_000_000),
  'an export whose header is deep': `{"table":"copydesk","row":{"version":1,"migration":"001","x":${nested(20_000)}}}\n${endLine(1)}`,
  'an export of many values': whole(`{"table":"posts","row":{"doc":[${'1,'.repeat(1_000_000)}1]}}`),
  'an export in one endless line': 'x'.repeat(20_000_000),
  'an export of the year 0': whole(bill({ at: '0000-01-01T00:00:00Z' })),
  'an export of 31 February': whole(bill({ at: '2026-02-31T00:00:00Z' })),
  'an export of a far offset': whole(bill({ at: '2026-01-01T00:00:00+23:59' })),
  'an export with a key of 10,000 characters': whole(bill({ key: 'k'.repeat(10_000) })),
  'an export of more money than there is': whole(bill({ amount: 9e15 })),
  'an export of an odd field of a megabyte': whole(bill({ ['k'.repeat(1_000_000)]: 1 })),
  'an export of prototypes': whole('{"table":"__proto__","row":{"__proto__":1}}'),
  'an export that breaks off': HEADER,
  'an export that is none': '\u0000\u001b[2J',
};

/** Requests that are answered with 4xx, or with what there is; `HANDLE` stands for an account that there is. */
const PATHS = [
  ...'/@%00 /@%00/feed.xml /@HANDLE%00 /@%ED%A0%80 /@%E0%A4%A /@HANDLE/posts/%00 /@..%2f..%2fetc'.split(' '),
  "/@'%20or%201=1--",
  ...'0000-01-01T00:00:00Z 2026-02-31T00:00:00Z 2026-01-01T00:00:00%2B14:01 2026-01-01T00:00:00-23:59'
    .split(' ')
    .flatMap((time) => [`/@HANDLE?before=${time}`, `/@HANDLE/feed.json?before=${time}`]),
  ...'9999-12-31T23:59:59-14:00 0001-01-01T00:00:00%2B14:00 %00 %2B010000-01-01T00:00:00Z'
    .split(' ')
    .map((time) => `/@HANDLE?before=${time}`),
  ...'/api/posts?account=%00 /api/posts/%00 /api/batches/%00 /api/costs?since=0000-01-01'.split(' '),
  ...'/api/costs?by=constructor /api/costs?since=2026-02-31 /api/posts?account=a&account=b'.split(' '),
  ...'/api/posts?limit=99999999999999999999 /api/%00 /assets/..%2f..%2ftoken /assets/%00'.split(' '),
  ...'/../../etc/passwd /% // /\\..\\ * http://[::1/x http://other.example/'.split(' '),
  ...[`/${'a'.repeat(5_000)}`, `/${'a'.repeat(50_000)}`, `/?${'a=1&'.repeat(1_000)}`],
];

const HEADERS = [
  ...['Range: bytes=99999999999999999999-', `Range: bytes=${'0-1,'.repeat(1_500)}`],
  ...['If-Modified-Since: 31 Feb 0000', 'Host: other.example', 'Expect: 999', 'Upgrade: websocket'],
  'Content-Length: 5\r\nTransfer-Encoding: chunked',
  ...[`Cookie: ${'a=b;'.repeat(1_500)}`, 'Authorization: Bearer \u00ff'],
];

const close = 'Connection: close';
/** What is sent to an address by POST, as such a type. */
const post = (path: string, type: string, body: string): RawRequest => ({
  ...{ method: 'POST', path, headers: [`Content-Type: ${type}`, close], body },
});
const FORM = 'application/x-www-form-urlencoded';
const METHODS = 'PUT DELETE OPTIONS TRACE PROPFIND QUERY get ODD'.split(' ');

export const REQUESTS: readonly RawRequest[] = [
  ...PATHS.map((path) => ({ method: 'GET', path, headers: [close] })),
  ...HEADERS.map((header) => ({ method: 'GET', path: '/@HANDLE', headers: [header, close] })),
  ...METHODS.map((method) => ({ method, path: '/api/posts', headers: [close] })),
  post('/desk/sign-in', FORM, 'token=%00'),
  post('/desk/sign-in', FORM, `token=${'a'.repeat(100_000)}`),
  post('/desk/sign-in', 'multipart/form-data; boundary=x', '--x\r\nx'),
  post('/api/archive', FORM, '['.repeat(100_000)),
  post('/api/chats', 'application/json', '{'.repeat(50_000)),
];
