import type { MiddlewareHandler } from 'hono';
import { shownJson } from '../../contract/shown.js';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What a page could ask a browser for, and none of ours does. */
const PERMISSIONS_POLICY = [
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer', 'microphone'],
  ...['midi', 'payment', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'usb'],
]
  .map((feature) => `${feature}=()`)
  .join(', ');

const YEAR_SECONDS = 31_536_000;

/**
 * The headers that keep a page to what it is: no scripts but our files, no frames, nothing from elsewhere, and nothing of it
 * elsewhere.
 * A route that lets others embed what it serves says so with a `Cross-Origin-Resource-Policy` of its own.
 *
 * @param url where people reach the desk; by https, browsers are told to stay with it.
 */
export function securityHeaders(url: string): MiddlewareHandler {
  return async function securityHeaders(c, next) {
    await next();
    c.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    if (!c.res.headers.has('Cross-Origin-Resource-Policy'))
      c.header('Cross-Origin-Resource-Policy', 'same-origin');
    c.header('Permissions-Policy', PERMISSIONS_POLICY);
    // Not `no-referrer`: with it a browser posts our own forms with `Origin: null`.
    c.header('Referrer-Policy', 'same-origin');
    if (url.startsWith('https:')) c.header('Strict-Transport-Security', `max-age=${YEAR_SECONDS}`);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('X-Frame-Options', 'DENY');
  };
}

/** Answers in JSON, refusals too, that a terminal only shows: programs write them to one as they come. */
export const shownInJson = (): MiddlewareHandler =>
  async function shownInJson(c, next) {
    await next();
    if (!c.res.headers.get('Content-Type')?.startsWith('application/json')) return;
    c.res = new Response(shownJson(await c.res.text()), c.res);
  };

/** Keeps answers, refusals too, out of every cache: they are for whoever asked, at that moment. */
export const neverKept = (): MiddlewareHandler =>
  async function neverKept(c, next) {
    await next();
    c.header('Cache-Control', 'no-store');
  };
