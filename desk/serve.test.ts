import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { DeskNotServed, serveDesk } from './serve.js';

const app = new Hono().get('/healthz', (c) => c.json({ ok: true }));
const serve = (port: number, host = '127.0.0.1') => serveDesk({ app, host, port });

it('answers at its address until it is closed, and keeps a connection for longer than the proxies before it do', async () => {
  const desk = await serve(0);
  const answer = await fetch(`${desk.url}/healthz`);
  expect([await answer.json(), answer.headers.get('keep-alive')]).toEqual([{ ok: true }, 'timeout=75']);
  await desk.close();
  await expect(fetch(`${desk.url}/healthz`)).rejects.toThrow();
});

it('says in one line that the port is taken and what to do', async () => {
  const first = await serve(0);
  const port = Number(new URL(first.url).port);
  const second = serve(port);
  await expect(second).rejects.toThrow(DeskNotServed);
  const words = `COPYDESK_PORT=${port} is in use by another program; set COPYDESK_PORT to a free one`;
  await expect(second).rejects.toThrow(words);
  await first.close();
});

it('says that a host is not of this machine', async () => {
  const words = 'COPYDESK_HOST=192.0.2.1 is not an address of this machine';
  await expect(serve(0, '192.0.2.1')).rejects.toThrow(words);
});
