import type { MiddlewareHandler } from 'hono';

/** Keeps answers, refusals too, out of every cache: they are for whoever asked, at that moment. */
export const neverKept = (): MiddlewareHandler =>
  async function neverKept(c, next) {
    await next();
    c.header('Cache-Control', 'no-store');
  };
