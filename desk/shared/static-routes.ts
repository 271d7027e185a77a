import { Hono } from 'hono';
import { staticFiles } from './static-files.js';

const YEAR_SECONDS = 31_536_000;

/** `/static/<name>?v=<version>`: what pages load. An address with the file's version may be kept for good. */
export function staticRoutes(): Hono {
  const routes = new Hono();
  routes.get('/:name', (c) => {
    const file = staticFiles().get(c.req.param('name'));
    if (!file) return c.notFound();
    const isVersioned = c.req.query('v') === file.version;
    c.header('Content-Type', file.type);
    c.header('Cache-Control', isVersioned ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    c.header('ETag', `"${file.version}"`);
    if (c.req.header('If-None-Match') === `"${file.version}"`) return c.body(null, 304);
    return c.body(file.bytes);
  });
  return routes;
}
