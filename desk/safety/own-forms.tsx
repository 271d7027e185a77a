import type { Context, MiddlewareHandler } from 'hono';
import { MessagePage } from '../kit/layout.js';
import { isSameOrigin } from './same-origin.js';

const OTHER_SITE = { title: 'Refused', message: 'This form was posted from another site.' };

/**
 * Refuses forms that a page of another site posts.
 *
 * @param url where people reach the desk.
 * @param Page what says so.
 */
export function ownFormsOnly(
  url: string,
  Page: (words: typeof OTHER_SITE) => ReturnType<typeof MessagePage> = MessagePage,
): MiddlewareHandler {
  const own = new URL(url).origin;
  return async function ownFormsOnly(c: Context, next) {
    const from = { origin: c.req.header('Origin'), fetchSite: c.req.header('Sec-Fetch-Site') };
    if (isSameOrigin(from, [own, new URL(c.req.url).origin])) return next();
    return c.html(<Page {...OTHER_SITE} />, 403);
  };
}
