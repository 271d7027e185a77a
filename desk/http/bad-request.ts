import type { Context, MiddlewareHandler } from 'hono';

/** What was sent can't be used: one line that says why, with the status that the answer carries. */
export class BadRequest extends Error {
  override name = 'BadRequest' as const;
  readonly status: 400 | 414;
  /** The parameter at fault. */
  readonly field?: string;
  constructor(message: string, { status = 400, field }: { status?: 400 | 414; field?: string } = {}) {
    super(message);
    this.status = status;
    if (field !== undefined) this.field = field;
  }
}

/**
 * A parameter of the address; undefined where it is left out or empty.
 *
 * @throws BadRequest for one that is given twice, or is no text
 */
export function parameter(c: Context, name: string): string | undefined {
  const [value, ...more] = c.req.queries(name) ?? [];
  if (more.length > 0)
    throw new BadRequest(`${name} is given ${more.length + 1} times; give it once`, { field: name });
  return givenText(name, value);
}

/** Undefined for an empty text. @throws BadRequest for one with a NUL, which PostgreSQL takes in no text */
export function givenText(name: string, value: string | null | undefined): string | undefined {
  if (value?.includes('\0'))
    throw new BadRequest(`${name} holds a NUL character; take it out`, { field: name });
  return value || undefined;
}

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
