import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { EndedSessions } from './ended-sessions.js';
import { isOwnHost } from './own-host.js';

const MONTH_SECONDS = 30 * 24 * 60 * 60;
const COOKIE = /^([\w-]{22})\.(\d{10,11})\.([\w-]{43})$/;
const BEARER = /^Bearer +(\S+)$/i;

/** Who is signed in: a visitor who shows the desk's token, as a Bearer token or by the cookie that the sign-in form sets. */
export interface Session {
  isToken(candidate: string): boolean;
  /** Whether a request shows a Bearer token that is not the desk's. */
  isGuess(c: Context): boolean;
  /** Whether it came under a name of the desk; under another, nobody is signed in. */
  isAtHome(c: Context): boolean;
  isSignedIn(c: Context): boolean;
  signIn(c: Context): void;
  /** Ends the session of the request, so that a copy of its cookie is worth nothing; without one it does nothing. */
  signOut(c: Context): void;
}

export interface SessionOptions {
  readonly token: string;
  /** Random, of this desk alone, and never told. */
  readonly secret: string;
  readonly ended: EndedSessions;
  /** The http and https addresses at which the desk is reached, beside the loopback; the first is where people go. */
  readonly addresses: readonly [string, ...string[]];
  readonly now: () => Date;
}

interface Shown {
  readonly id: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/**
 * A session's cookie holds a random id and its end, signed with a key of secret and token: it outlives a restart, ends with
 * the token, and tells nothing of it. Its name differs by desk, since cookies know no ports: two desks on one machine
 * would sign each other out.
 */
export function createSession({ token, secret, ended, addresses, now }: SessionOptions): Session {
  const name = `copydesk_${hmac(secret, 'cookie name').toString('hex').slice(0, 8)}`;
  const key = hmac(secret, `session ${token}`);
  const secure = addresses[0].startsWith('https:');
  const signature = (id: string, expires: number): string =>
    hmac(key, `${id}.${expires}`).toString('base64url');
  const seconds = (): number => Math.floor(now().getTime() / 1_000);
  const isToken = (candidate: string): boolean => token !== '' && sameText(candidate, token);
  const bearerOf = (c: Context): string | undefined => BEARER.exec(c.req.header('Authorization') ?? '')?.[1];
  const isAtHome = (c: Context): boolean =>
    isOwnHost(c.req.header('Host') ?? new URL(c.req.url).host, addresses);

  const shown = (c: Context): Shown | null => {
    const [, id = '', end = '', mac = ''] = COOKIE.exec(getCookie(c, name) ?? '') ?? [];
    const expires = Number(end);
    if (token === '' || !sameText(mac, signature(id, expires)) || expires <= seconds()) return null;
    return ended.has(id, expires) ? null : { id, expires };
  };
  const end = (c: Context): boolean => {
    const session = shown(c);
    if (session) ended.add(session.id, session.expires);
    return session !== null;
  };
  return {
    isToken,
    isAtHome,
    isGuess(c) {
      const bearer = bearerOf(c);
      return bearer !== undefined && isAtHome(c) && !isToken(bearer);
    },
    isSignedIn(c) {
      if (!isAtHome(c)) return false;
      const bearer = bearerOf(c);
      return bearer === undefined ? shown(c) !== null : isToken(bearer);
    },
    signIn(c) {
      end(c);
      const id = randomBytes(16).toString('base64url');
      const expires = seconds() + MONTH_SECONDS;
      setCookie(c, name, `${id}.${expires}.${signature(id, expires)}`, {
        path: '/',
        httpOnly: true,
        sameSite: 'Strict',
        secure,
        maxAge: MONTH_SECONDS,
      });
    },
    signOut(c) {
      if (end(c)) deleteCookie(c, name, { path: '/', secure });
    },
  };
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Compares in a time that tells nothing of where the texts differ, nor of their lengths. */
function sameText(a: string, b: string): boolean {
  return timingSafeEqual(hmac('compare', a), hmac('compare', b));
}
