import { createHmac } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { sameText } from '../safety/same-text.js';
import { chatPath } from '../kit/addresses.js';
import { cookieSuffix, type Visitor } from './visitors.js';

const MONTH_SECONDS = 30 * 24 * 60 * 60;
const COOKIE = /^([A-Za-z0-9]{12})\.([\w-]{43})$/;

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
 *
 * @param options.secret the desk's
 * @param options.url where people reach the desk
 */
export function createConversations({ secret, url }: { secret: string; url: string }): Conversations {
  const name = `copydesk_chat_${cookieSuffix(secret)}`;
  const signature = (handle: string, visitor: Visitor, chatId: string): string =>
    createHmac('sha256', secret).update(`chat ${handle} ${visitor.hash} ${chatId}`).digest('base64url');
  return {
    held(c, handle, visitor) {
      const [, chatId = '', mac = ''] = COOKIE.exec(getCookie(c, name) ?? '') ?? [];
      return chatId !== '' && sameText(mac, signature(handle, visitor, chatId)) ? chatId : null;
    },
    hold(c, handle, visitor, chatId) {
      setCookie(c, name, `${chatId}.${signature(handle, visitor, chatId)}`, {
        ...{ path: chatPath(handle), httpOnly: true, sameSite: 'Lax', secure: url.startsWith('https:') },
        maxAge: MONTH_SECONDS,
      });
    },
    forget(c, handle) {
      deleteCookie(c, name, { path: chatPath(handle), secure: url.startsWith('https:') });
    },
  };
}
