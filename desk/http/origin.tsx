import type { Context, MiddlewareHandler } from 'hono';
import { MessagePage } from '../kit/layout.js';
import { askedHost } from './gate.js';

/** What a browser tells of where a form was posted from; undefined where it sent no such header. */
interface PostedFrom {
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

/**
 * Whether a form was posted from a page of the desk. Programs that are no browser send neither header and carry no
 * cookie that could be abused.
 *
 * @param own the origins at which the desk is reached.
 */
export function isSameOrigin(from: PostedFrom, own: readonly string[]): boolean {
  if (from.fetchSite !== undefined && !['same-origin', 'none'].includes(from.fetchSite)) return false;
  return from.origin === undefined || own.includes(from.origin);
}

const OTHER_FORM = { title: 'Refused', message: 'This form was posted from another site.' };

/**
 * Refuses forms that a page of another site posts.
 *
 * @param url where people reach the desk.
 * @param Page what says so.
 */
export function ownFormsOnly(
  url: string,
  Page: (words: typeof OTHER_FORM) => ReturnType<typeof MessagePage> = MessagePage,
): MiddlewareHandler {
  return async function ownFormsOnly(c, next) {
    return isFromDesk(c, url, c.req.header('Sec-Fetch-Site'))
      ? next()
      : c.html(<Page {...OTHER_FORM} />, 403);
  };
}

const OTHER_SITE = 'This was sent by the page of another site.';

/**
 * Refuses what the page of another site sends, whatever credentials come with it. Programs that are no browser name no origin. A
 * link from elsewhere may be followed: it names none either, and reads only.
 *
 * @param url where people reach the desk.
 */
export function ownSiteOnly(url: string): MiddlewareHandler {
  return async function ownSiteOnly(c, next) {
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (isFromDesk(c, url, isRead ? undefined : c.req.header('Sec-Fetch-Site'))) return next();
    return c.json({ error: { message: OTHER_SITE } }, 403);
  };
}

const isFromDesk = (c: Context, url: string, fetchSite: string | undefined): boolean =>
  isSameOrigin({ origin: c.req.header('Origin'), fetchSite }, [
    new URL(url).origin,
    `http://${askedHost(c).toLowerCase()}`,
  ]);
