import { createHmac, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { addressOf } from '../safety/gate.js';
import { visitorOf } from '../safety/guesses.js';
import { sameText } from '../safety/same-text.js';

const MONTH_SECONDS = 30 * 24 * 60 * 60;
/** A random id, and its signature. */
const COOKIE = /^([\w-]{22})\.([\w-]{43})$/;

/** Who asks, by hashes that lead back to nobody. */
export interface Visitor {
  /** Of the browser, or of the address where there is no browser that keeps cookies. */
  readonly hash: string;
  /** By whom questions are counted: a browser that is new is counted by its address. */
  readonly countedAs: string;
}

export interface Visitors {
  /** By its cookie, else by its address. */
  known(c: Context): Visitor;
  /** The same of a browser, which gets a cookie where it has none. */
  greet(c: Context): Visitor;
}

/**
 * Tells visitors apart by a cookie that holds a random id and its signature: nobody can make one up, and each new one costs a
 * question of the address's own.
 *
 * @param options.secret the desk's
 * @param options.url where people reach the desk
 */
export function createVisitors({ secret, url }: { secret: string; url: string }): Visitors {
  const sign = (text: string): string => createHmac('sha256', secret).update(text).digest('base64url');
  const name = `copydesk_reader_${cookieSuffix(secret)}`;
  const idOf = (c: Context): string | null => {
    const [, id = '', mac = ''] = COOKIE.exec(getCookie(c, name) ?? '') ?? [];
    return id !== '' && sameText(mac, sign(`reader ${id}`)) ? id : null;
  };
  const ofAddress = (c: Context): string => sign(`address ${visitorOf(addressOf(c))}`).slice(0, 22);
  const ofBrowser = (id: string): string => sign(`browser ${id}`).slice(0, 22);
  const known = (c: Context): Visitor => {
    const id = idOf(c);
    const hash = id === null ? ofAddress(c) : ofBrowser(id);
    return { hash, countedAs: hash };
  };
  return {
    known,
    greet(c) {
      if (idOf(c) !== null) return known(c);
      const id = randomBytes(16).toString('base64url');
      setCookie(c, name, `${id}.${sign(`reader ${id}`)}`, {
        ...{ path: '/', httpOnly: true, sameSite: 'Lax', secure: url.startsWith('https:') },
        maxAge: MONTH_SECONDS,
      });
      return { hash: ofBrowser(id), countedAs: ofAddress(c) };
    },
  };
}

/** Cookies know no ports: two desks on one machine must not take each other's. */
export const cookieSuffix = (secret: string): string =>
  createHmac('sha256', secret).update('cookie name').digest('hex').slice(0, 8);
