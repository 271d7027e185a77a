import type { IncomingMessage } from 'node:http';
import type { Context, MiddlewareHandler } from 'hono';
import type { Guesses } from './guesses.js';
import { shownHost } from './own-host.js';
import { MessagePage } from '../kit/layout.js';
import type { Session } from './session.js';

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
export function slowGuesses(session: Session, guesses: Guesses): MiddlewareHandler {
  return async function slowGuesses(c, next) {
    const wait = session.isGuess(c) ? guesses.count(addressOf(c)) : null;
    if (wait === null) return next();
    c.header('Retry-After', String(wait));
    if (isApi(c)) return c.json({ error: { message: tooManyGuesses(wait) } }, 429);
    return c.html(<MessagePage title="Too many wrong tokens" message={tooManyGuesses(wait)} />, 429);
  };
}

export const tooManyGuesses = (waitSeconds: number): string =>
  `Too many wrong tokens came from your address; guess again in ${waitSeconds} s. The right one is taken at any time.`;

/** The address of who is connected: the visitor's, or that of a proxy. Undefined where there is no socket. */
export const addressOf = (c: Context): string | undefined =>
  (c.env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket.remoteAddress;

const isApi = (c: Context): boolean => c.req.path.startsWith('/api/');
