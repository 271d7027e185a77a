import type { RawRequest } from '../../desk/testing/raw-request.js';

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
