import type { MiddlewareHandler } from 'hono';
import { BadRequest } from './bad-request.js';

/** Our longest have a few hundred characters. Node itself refuses what is over 16 KB with all its headers. */
const LONGEST = 4_096;

/** Refuses addresses that are longer than any of ours, in characters, before anything looks into them. */
export function addressLimit(): MiddlewareHandler {
  return async function addressLimit(c, next) {
    const { length } = c.req.url;
    if (length > LONGEST)
      throw new BadRequest(`The address has ${length} characters; at most ${LONGEST} are taken`, {
        status: 414,
      });
    return next();
  };
}
