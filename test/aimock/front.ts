import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { listenOnLoopback } from '../loopback.js';

/** What a run of ours asks fal for, in front of aimock. */
export interface FalFront {
  /** For `FAL_BASE_URL`. */
  readonly url: string;
  /** Files that were uploaded, by the id that aimock gave. */
  readonly uploads: ReadonlyMap<string, Uint8Array>;
  close(): Promise<void>;
}

/**
 * Copydesk reaches a fal host as `$FAL_BASE_URL/<host>/<path>`; aimock wants `/fal/<path>` and the host in the header
 * `x-fal-target-host`. This translates the one into the other and answers nothing in aimock's place, but for what aimock
 * 1.43.0 has not:
 *
 * - `fal.media`, from where made files are downloaded: served from `files`;
 * - the storage host: aimock answers where to upload to, with addresses of fal itself. They are turned into this front's,
 *   and the upload itself and its download are served here.
 *
 * Nor has aimock fal's price API (`api.fal.ai`), which this front leaves at that: its 404 is passed on.
 */
export async function startFalFront(
  aimockUrl: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<FalFront> {
  const uploads = new Map<string, Uint8Array>();
  const app = new Hono();

  app.get('/fal.media/files/:name', (c) => {
    const file = files[c.req.param('name')];
    return file ? c.body(Uint8Array.from(file)) : c.notFound();
  });

  app.post('/rest.fal.ai/storage/upload/initiate', async (c) => {
    const answer = await passOn(c.req.raw, aimockUrl);
    const text = (await answer.text()).replaceAll('https://rest.fal.ai/', `${url}/rest.fal.ai/`);
    return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } });
  });
  app.put('/rest.fal.ai/storage/upload/:id', async (c) => {
    uploads.set(c.req.param('id'), new Uint8Array(await c.req.arrayBuffer()));
    return c.json({});
  });
  app.get('/rest.fal.ai/files/:id/:name', (c) => {
    const file = uploads.get(c.req.param('id'));
    return file ? c.body(Uint8Array.from(file)) : c.notFound();
  });

  app.all('/:host/*', (c) => passOn(c.req.raw, aimockUrl));

  const { url, close } = await listenOnLoopback(createAdaptorServer({ fetch: app.fetch }) as Server);
  return { url, uploads, close };
}

async function passOn(request: Request, aimockUrl: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const [, host = '', ...path] = pathname.split('/');
  const headers = new Headers(request.headers);
  headers.set('x-fal-target-host', host);
  // These two are of the connection, not of the request.
  headers.delete('host');
  headers.delete('connection');
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  return fetch(`${aimockUrl}/fal/${path.join('/')}${search}`, {
    method: request.method,
    headers,
    ...(hasBody && { body: await request.arrayBuffer() }),
  });
}
