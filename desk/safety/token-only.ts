import type { Context, MiddlewareHandler } from 'hono';
import type { Session } from './session.js';

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
