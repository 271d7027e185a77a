import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Env } from '../drop.js';
import { mediaRoutes, restRoutes } from './media-host.js';
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
