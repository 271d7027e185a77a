import type { Context, Hono } from 'hono';
import type { z } from 'zod';
import type { Endpoint } from '../../contract/api/endpoint.js';
import type { Person, Session } from '../http/session.js';
import { editorsOnly, tokenOnly } from '../http/gate.js';
import { sentBody, sentQuery } from './sent.js';

/** What an endpoint was asked, checked as its description says. */
export interface CheckedRequest<Query, Body> {
  readonly c: Context;
  /** Of the address; an empty text where it has none. */
  readonly id: string;
  readonly query: Query extends z.ZodType ? z.output<Query> : undefined;
  readonly body: Body extends z.ZodType ? z.output<Body> : undefined;
  /** Null for a stranger, who is let in only where everybody is. */
  readonly person: Person | null;
}

/**
 * Serves an endpoint as it is described: who may, what is sent, and with which status it answers.
 *
 * @param answer makes the document; what it throws becomes an answer by `toldOf`
 */
export function serve<Query extends z.ZodObject | undefined, Body extends z.ZodType | undefined>(
  api: Hono,
  session: Session,
  endpoint: Endpoint<Query, Body>,
  answer: (asked: CheckedRequest<Query, Body>) => Promise<object>,
): void {
  const { method, who, query, body, answer: expected } = endpoint;
  const path = endpoint.path.replace(/^\/api/, '').replace('{id}', ':id');
  api.on(method, path, letIn(who, session), async (c) => {
    const asked = {
      c,
      id: c.req.param('id') ?? '',
      query: query && sentQuery(c, query),
      body: body && (await sentBody(c, body)),
      person: session.person(c),
    } as CheckedRequest<Query, Body>;
    return c.json(await answer(asked), expected.status);
  });
}

const everybody = async (_c: Context, next: () => Promise<void>): Promise<void> => next();

function letIn(who: Endpoint['who'], session: Session) {
  if (who === 'everybody') return everybody;
  return who === 'viewer' ? tokenOnly(session) : editorsOnly(session);
}
