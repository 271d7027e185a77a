import type { MiddlewareHandler } from 'hono';
import type { Session } from './session.js';

const NEEDS_TOKEN = 'This needs the desk\'s token, as "Authorization: Bearer <token>"';

/** Lets only the signed-in pass; a stranger gets 401. */
export const tokenOnly = (session: Session): MiddlewareHandler =>
  async function tokenOnly(c, next) {
    if (session.isSignedIn(c)) return next();
    c.header('WWW-Authenticate', 'Bearer');
    return c.json({ error: { message: NEEDS_TOKEN } }, 401);
  };
