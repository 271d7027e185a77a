import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { securityHeaders } from './headers.js';

it.each([
  ['https://desk.example', 'max-age=31536000'],
  ['http://127.0.0.1:8300', null],
])('a desk at %s tells browsers to stay with https: %s', async (url, expected) => {
  const app = new Hono().use(securityHeaders(url)).get('/', (c) => c.text(''));
  expect((await app.request('/')).headers.get('strict-transport-security')).toBe(expected);
});
