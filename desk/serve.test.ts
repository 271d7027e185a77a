import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { DeskNotServed, serveDesk } from './serve.js';

const app = new Hono().get('/healthz', (c) => c.json({ ok: true }));

describe('serveDesk', () => {
  it('answers at its address until it is closed', async () => {
    const desk = await serveDesk({ app, host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${desk.url}/healthz`);
    expect(await answer.json()).toEqual({ ok: true });
    await desk.close();
    await expect(fetch(`${desk.url}/healthz`)).rejects.toThrow();
  });

  it('says in one line that the port is taken and what to do', async () => {
    const first = await serveDesk({ app, host: '127.0.0.1', port: 0 });
    const port = Number(new URL(first.url).port);
    const second = serveDesk({ app, host: '127.0.0.1', port });
    await expect(second).rejects.toThrow(DeskNotServed);
    await expect(second).rejects.toThrow(
      `COPYDESK_PORT=${port} is in use by another program; set COPYDESK_PORT to a free one`,
    );
    await first.close();
  });

  it('says that a host is not of this machine', async () => {
    const desk = serveDesk({ app, host: '192.0.2.1', port: 0 });
    await expect(desk).rejects.toThrow('COPYDESK_HOST=192.0.2.1 is not an address of this machine');
  });
});
