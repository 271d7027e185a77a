import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { findVisitor } from '../http/visitor.js';
import { cookieSuffix, hmac, sameText } from '../http/signing.js';
import { chatPath } from '../kit/addresses.js';

const MONTH_SECONDS = 30 * 24 * 60 * 60;
/** A random id, and its signature. */
const VISITOR_COOKIE = /^([\w-]{22})\.([\w-]{43})$/;
const CHAT_COOKIE = /^([A-Za-z0-9]{12})\.([\w-]{43})$/;

/** Who asks, by hashes that lead back to nobody. */
export interface Visitor {
  /** Of the browser, or of the address where there is no browser that keeps cookies. */
  readonly hash: string;
  /** By whom questions are counted: a browser that is new is counted by its address. */
  readonly countedAs: string;
  /** What all browsers of one address are counted by beside that. */
  readonly address: string;
}

export interface Visitors {
  /** By its cookie, else by its address. */
  known(c: Context): Visitor;
  /** The same of a browser, which gets a cookie where it has none. */
  greet(c: Context): Visitor;
}

export interface CookieOptions {
  /** The desk's. */
  readonly secret: string;
  /** Where people reach the desk. */
  readonly url: string;
}

/**
 * Tells visitors apart by a cookie that holds a random id and its signature: nobody can make one up, and each new one costs a
 * question of the address's own.
 */
export function createVisitors({ secret, url }: CookieOptions): Visitors {
  const name = `copydesk_reader_${cookieSuffix(secret)}`;
  const sign = (text: string): string => hmac(secret, text).toString('base64url');
  const shorten = (text: string): string => sign(text).slice(0, 22);
  const findId = (c: Context): string | null => {
    const [, id = '', mac = ''] = VISITOR_COOKIE.exec(getCookie(c, name) ?? '') ?? [];
    return id !== '' && sameText(mac, sign(`reader ${id}`)) ? id : null;
  };
  const hashAddress = (c: Context): string => shorten(`address ${findVisitor(c)}`);
  const known = (c: Context): Visitor => {
    const id = findId(c);
    const hash = id === null ? hashAddress(c) : shorten(`browser ${id}`);
    return { hash, countedAs: hash, address: hashAddress(c) };
  };
  return {
    known,
    greet(c) {
      if (findId(c) !== null) return known(c);
      const id = randomBytes(16).toString('base64url');
      keepCookie(c, { name, value: `${id}.${sign(`reader ${id}`)}`, path: '/', url });
      const address = hashAddress(c);
      return { hash: shorten(`browser ${id}`), countedAs: address, address };
    },
  };
}

/** Which conversation a browser has with an account. */
export interface Conversations {
  /** Null for none. It may be one that nothing was said in yet, or that was deleted. */
  held(c: Context, handle: string, visitor: Visitor): string | null;
  hold(c: Context, handle: string, visitor: Visitor, chatId: string): void;
  forget(c: Context, handle: string): void;
}

/**
 * The conversation's id stands in a cookie, signed for the account and the visitor: ids stand in the addresses of single turns,
 * and who reads one there must not see the rest.
 */
export function createConversations({ secret, url }: CookieOptions): Conversations {
  const name = `copydesk_chat_${cookieSuffix(secret)}`;
  const sign = (handle: string, visitor: Visitor, chatId: string): string =>
    hmac(secret, `chat ${handle} ${visitor.hash} ${chatId}`).toString('base64url');
  return {
    held(c, handle, visitor) {
      const [, chatId = '', mac = ''] = CHAT_COOKIE.exec(getCookie(c, name) ?? '') ?? [];
      return chatId !== '' && sameText(mac, sign(handle, visitor, chatId)) ? chatId : null;
    },
    hold(c, handle, visitor, chatId) {
      const value = `${chatId}.${sign(handle, visitor, chatId)}`;
      keepCookie(c, { name, value, path: chatPath(handle), url });
    },
    forget(c, handle) {
      deleteCookie(c, name, { path: chatPath(handle), secure: url.startsWith('https:') });
    },
  };
}

function keepCookie(c: Context, cookie: { name: string; value: string; path: string; url: string }): void {
  const { name, value, path, url } = cookie;
  const secure = url.startsWith('https:');
  setCookie(c, name, value, { path, httpOnly: true, sameSite: 'Lax', secure, maxAge: MONTH_SECONDS });
}
