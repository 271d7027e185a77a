import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { type Env, drop } from '../faults.js';
import { baseOf, faulted } from './answers.js';
import { typeOf, uploadName } from './files.js';
import { nameJob } from './jobs.js';
import { schemaRoutes } from './openapi.js';
import type { FalParts } from './parts.js';
import { platformRoutes } from './platform.js';
import { queueRoutes } from './queue.js';

const MAX_BODY = 100 * 1_024 * 1_024;

/** fal.ai, each host under a path of its own name: `/queue.fal.run/…`, `/rest.fal.ai/…`, `/api.fal.ai/…`, `/fal.ai/…`, `/v3.fal.media/…`. */
export function falApp(parts: FalParts): Hono<Env> {
  const app = new Hono<Env>();
  app.use(bodyLimit({ maxSize: MAX_BODY }));
  app.use(async (c, next) => {
    const isPublic = /^\/fal\/(?:v3\.fal\.media|fal\.ai)\//.test(c.req.path);
    if (isPublic || /^Key \S+$/.test(c.req.header('authorization') ?? '')) return next();
    return c.json({ detail: 'No user found for Key ID and Secret' }, 401);
  });
  app.route('/queue.fal.run', queueRoutes(parts));
  app.route('/rest.fal.ai', restRoutes(parts));
  app.route('/api.fal.ai', platformRoutes(parts));
  app.route('/fal.ai', schemaRoutes(parts));
  app.route('/v3.fal.media', mediaRoutes(parts));
  app.notFound((c) => c.json({ detail: 'Not Found' }, 404));
  return app;
}

/** rest.fal.ai: where an upload begins. */
function restRoutes({ faults }: FalParts): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/storage/upload/initiate', async (c) => {
    const asked = (await c.req.json().catch(() => ({}))) as { file_name?: unknown; content_type?: unknown };
    const fault = faults.take('upload', String(asked.file_name ?? ''));
    if (fault) return faulted(c, fault);
    const name = uploadName(String(asked.file_name ?? ''), String(asked.content_type ?? ''));
    return c.json({
      upload_url: `${baseOf(c)}/v3.fal.media/uploads/${name}`,
      file_url: `${baseOf(c)}/v3.fal.media/files/${name}`,
    });
  });
  return app;
}

/** v3.fal.media: the CDN. Its addresses are public, as fal's are: no key is asked for. */
function mediaRoutes({ faults, files, jobs, studio }: FalParts): Hono<Env> {
  const app = new Hono<Env>();

  app.put('/uploads/:name', async (c) => {
    const name = c.req.param('name');
    // The names we give out for uploads hold no '_', which the names of made files do.
    if (!/^[0-9a-f-]{36}\.[a-z0-9]{1,5}$/.test(name)) return c.json({ detail: 'Unknown upload' }, 404);
    await files.write(name, new Uint8Array(await c.req.arrayBuffer()));
    return c.json({});
  });

  app.get('/files/:name', async (c) => {
    const name = c.req.param('name');
    const job = jobs.get(/^(.+)_\d+\.\w+$/.exec(name)?.[1] ?? '');
    const fault = faults.take('download', job ? `${name} ${nameJob(job)}` : name);
    if (fault?.kind === 'html')
      return c.html('<!doctype html><title>Sign in</title><p>Please sign in to continue.</p>');
    if (fault?.kind === 'drop-after') return drop(c);
    if (fault && fault.kind !== 'cut') return faulted(c, fault);
    const bytes = await studio.file(name);
    if (!bytes) return c.json({ detail: 'Not Found' }, 404);
    const sent = fault ? bytes.subarray(0, bytes.length / 2) : bytes;
    return c.body(Uint8Array.from(sent), 200, {
      'content-type': typeOf(name),
      'content-length': String(sent.length),
    });
  });

  return app;
}
