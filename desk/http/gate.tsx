import type { Context, MiddlewareHandler } from 'hono';
import type { Session } from './session.js';
import type { Allowance } from './allowance.js';
import { findVisitor } from './visitor.js';
import { MessagePage } from '../kit/layout.js';

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
const LONGEST_SHOWN = 100;
const HOST = /^(\[[\da-f:]+\]|[a-z\d._-]+)(?::\d{1,5})?$/i;

/** The name that a request came under. One that names a whole address has another in that, which anybody may write. */
export const askedHost = (c: Context): string => c.req.header('Host') ?? new URL(c.req.url).host;

/**
 * Whether a request came under a name that is ours: that of the loopback, or of an address at which we are known to be
 * reached. A page whose own name was bound to this machine sends its own name. Ports don't tell such a page from ours,
 * and tunnels change them, so they are not looked at.
 *
 * @param host the `Host` header; undefined where there is none.
 * @param addresses http and https addresses.
 */
export function isOwnHost(host: string | undefined, addresses: readonly string[]): boolean {
  const name = HOST.exec(host ?? '')?.[1]?.toLowerCase();
  if (name === undefined) return false;
  return LOOPBACK.includes(name) || addresses.some((address) => new URL(address).hostname === name);
}

/** A `Host` header as a message may repeat it. */
export const shownHost = (host: string | undefined): string =>
  (host ?? '').replace(/[^!-~]/g, '').slice(0, LONGEST_SHOWN);

/**
 * Serves what may need a session only under a name of the desk; elsewhere the public pages are all there is.
 *
 * @param url where people reach the desk.
 */
export function ownHostOnly(session: Session, url: string): MiddlewareHandler {
  return async function ownHostOnly(c, next) {
    if (session.isAtHome(c)) return next();
    const name = shownHost(c.req.header('Host'));
    const message = `The desk is not served as '${name}': use ${url}, or set COPYDESK_URL to this address.`;
    if (isApi(c)) return c.json({ error: { message } }, 403);
    return c.html(<MessagePage title="Another address" message={message} />, 403);
  };
}

/** Slows a visitor who tries one Bearer token after another. The right one is always taken. */
export function slowGuesses(session: Session, guesses: Allowance): MiddlewareHandler {
  return async function slowGuesses(c, next) {
    const wait = session.isGuess(c) ? guesses.take(findVisitor(c)) : null;
    if (wait === null) return next();
    c.header('Retry-After', String(wait));
    if (isApi(c)) return c.json({ error: { message: tooManyGuesses(wait) } }, 429);
    return c.html(<MessagePage title="Too many wrong tokens" message={tooManyGuesses(wait)} />, 429);
  };
}

export const tooManyGuesses = (waitSeconds: number): string =>
  `Too many wrong tokens came from your address; guess again in ${waitSeconds} s. The right one is taken at any time.`;

const isApi = (c: Context): boolean => c.req.path.startsWith('/api/');

const NEEDS_TOKEN = 'This needs the desk\'s token, as "Authorization: Bearer <token>"';

/** Lets only the signed-in pass; a stranger gets 401. */
export const tokenOnly = (session: Session): MiddlewareHandler =>
  async function tokenOnly(c, next) {
    return session.person(c) ? next() : strangersAnswer(c);
  };

/** Lets only those pass who decide: a stranger gets 401, who only reads 403. */
export const editorsOnly = (session: Session): MiddlewareHandler =>
  async function editorsOnly(c, next) {
    const person = session.person(c);
    if (!person) return strangersAnswer(c);
    if (person.role === 'editor') return next();
    return c.json({ error: { message: `${person.name} reads and does not decide: a viewer's token` } }, 403);
  };

function strangersAnswer(c: Context): Response {
  c.header('WWW-Authenticate', 'Bearer');
  return c.json({ error: { message: NEEDS_TOKEN } }, 401);
}
