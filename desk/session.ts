import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

const MONTH_SECONDS = 30 * 24 * 60 * 60;

/** Who is signed in: whoever shows the desk's token, as a Bearer token or by the cookie that the sign-in form sets. */
export interface Session {
  isToken(candidate: string): boolean;
  isSignedIn(c: Context): boolean;
  signIn(c: Context): void;
  signOut(c: Context): void;
}

/**
 * The cookie holds a digest of the token, never the token. Its name differs by token, since cookies know no ports: two
 * desks on one machine would sign each other out.
 *
 * @param secure whether the desk is reached by https.
 */
export function createSession(token: string, secure: boolean): Session {
  const digest = (text: string, use: string): string => createHmac('sha256', text).update(use).digest('hex');
  const name = `copydesk_${digest(token, 'cookie name').slice(0, 8)}`;
  const value = digest(token, 'cookie value');
  const isToken = (candidate: string): boolean => token !== '' && sameText(candidate, token);
  return {
    isToken,
    isSignedIn(c) {
      const bearer = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
      if (bearer !== undefined) return isToken(bearer);
      return token !== '' && sameText(getCookie(c, name) ?? '', value);
    },
    signIn(c) {
      setCookie(c, name, value, {
        path: '/',
        httpOnly: true,
        sameSite: 'Strict',
        secure,
        maxAge: MONTH_SECONDS,
      });
    },
    signOut(c) {
      deleteCookie(c, name, { path: '/', secure });
    },
  };
}

/** Compares in a time that tells nothing of where the texts differ, nor of their lengths. */
function sameText(a: string, b: string): boolean {
  const key = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(key(a), key(b));
}
