import type { RawRequest } from '../../desk/testing/raw-request.js';

/** Requests that are answered with 4xx, or with what there is; `HANDLE` stands for an account that there is. */
const PATHS = [
  ...[
    '/@%00',
    '/@%00/feed.xml',
    '/@HANDLE%00',
    '/@%ED%A0%80',
    '/@%E0%A4%A',
    "/@'%20or%201=1--",
    '/@HANDLE/posts/%00',
    '/@..%2f..%2fetc',
  ],
  ...[
    '0000-01-01T00:00:00Z',
    '2026-02-31T00:00:00Z',
    '2026-01-01T00:00:00%2B14:01',
    '2026-01-01T00:00:00-23:59',
  ].flatMap((time) => [`/@HANDLE?before=${time}`, `/@HANDLE/feed.json?before=${time}`]),
  ...['9999-12-31T23:59:59-14:00', '0001-01-01T00:00:00%2B14:00', '%00', '%2B010000-01-01T00:00:00Z'].map(
    (time) => `/@HANDLE?before=${time}`,
  ),
  ...[
    '/api/posts?account=%00',
    '/api/posts/%00',
    '/api/batches/%00',
    '/api/costs?since=0000-01-01',
    '/api/costs?by=constructor',
    '/api/costs?since=2026-02-31',
  ],
  ...[
    '/api/posts?account=a&account=b',
    '/api/posts?limit=99999999999999999999',
    '/api/%00',
    '/assets/..%2f..%2ftoken',
    '/assets/%00',
    '/../../etc/passwd',
  ],
  ...[
    '/%',
    '//',
    '/\\..\\',
    '*',
    'http://[::1/x',
    'http://other.example/',
    `/${'a'.repeat(5_000)}`,
    `/${'a'.repeat(50_000)}`,
    `/?${'a=1&'.repeat(1_000)}`,
  ],
];

const HEADERS = [
  'Range: bytes=99999999999999999999-',
  `Range: bytes=${'0-1,'.repeat(1_500)}`,
  'If-Modified-Since: 31 Feb 0000',
  'Host: other.example',
  'Content-Length: 5\r\nTransfer-Encoding: chunked',
  'Expect: 999',
  `Cookie: ${'a=b;'.repeat(1_500)}`,
  'Authorization: Bearer \u00ff',
  'Upgrade: websocket',
];

const close = 'Connection: close';
const plain = ['Content-Type: application/x-www-form-urlencoded', close];

export const REQUESTS: readonly RawRequest[] = [
  ...PATHS.map((path) => ({ method: 'GET', path, headers: [close] })),
  ...HEADERS.map((header) => ({ method: 'GET', path: '/@HANDLE', headers: [header, close] })),
  ...['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'get', 'ODD'].map((method) => ({
    method,
    path: '/api/posts',
    headers: [close],
  })),
  { method: 'POST', path: '/desk/sign-in', headers: plain, body: 'token=%00' },
  { method: 'POST', path: '/desk/sign-in', headers: plain, body: `token=${'a'.repeat(100_000)}` },
  {
    method: 'POST',
    path: '/desk/sign-in',
    headers: ['Content-Type: multipart/form-data; boundary=x', close],
    body: '--x\r\nx',
  },
  { method: 'POST', path: '/api/archive', headers: plain, body: '['.repeat(100_000) },
  {
    method: 'POST',
    path: '/api/chats',
    headers: ['Content-Type: application/json', close],
    body: '{'.repeat(50_000),
  },
];
