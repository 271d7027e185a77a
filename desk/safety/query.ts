import type { Context } from 'hono';
import { BadRequest } from './bad-request.js';

/** A parameter of the address; undefined where it is left out or empty. @throws BadRequest for one that is given twice */
export function parameter(c: Context, name: string): string | undefined {
  const [value, ...more] = c.req.queries(name) ?? [];
  if (more.length > 0)
    throw new BadRequest(`${name} is given ${more.length + 1} times; give it once`, { field: name });
  return value || undefined;
}
