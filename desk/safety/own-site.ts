import type { MiddlewareHandler } from 'hono';
import { isSameOrigin } from './same-origin.js';

const OTHER_SITE = 'This was sent by the page of another site.';

/**
 * Refuses what the page of another site sends, whatever credentials come with it. Programs that are no browser name no origin. A
 * link from elsewhere may be followed: it names none either, and reads only.
 *
 * @param url where people reach the desk.
 */
export function ownSiteOnly(url: string): MiddlewareHandler {
  const own = new URL(url).origin;
  return async function ownSiteOnly(c, next) {
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
    const from = {
      origin: c.req.header('Origin'),
      fetchSite: isRead ? undefined : c.req.header('Sec-Fetch-Site'),
    };
    if (isSameOrigin(from, [own, new URL(c.req.url).origin])) return next();
    return c.json({ error: { message: OTHER_SITE } }, 403);
  };
}
