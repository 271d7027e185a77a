import { Hono } from 'hono';
import { afterEach, expect, it } from 'vitest';
import { listen, type Served } from './listen.js';

let served: Served;
afterEach(() => served.close());

it('keeps a connection for longer than the proxies before it do, and says for how long', async () => {
  const app = new Hono().get('/', (c) => c.text('here'));
  served = await listen({ app, host: '127.0.0.1', port: 0 });
  const answer = await fetch(served.url);
  expect(await answer.text()).toBe('here');
  expect(answer.headers.get('keep-alive')).toBe('timeout=75');
});
