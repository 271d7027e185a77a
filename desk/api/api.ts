import { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Reader } from '../reading/reader.js';
import type { Session } from '../http/session.js';
import type { Readers } from '../public-chat/asking.js';
import { postRoutes } from './post-routes.js';
import { serveBatches } from './batch-routes.js';
import { otherRoutes, questionRoutes, serveChats } from './other-routes.js';
import { tokenOnly } from '../http/gate.js';
import { ApiRefusal } from './refusal.js';

/**
 * `/api`, as `contract/api/` describes it. Strangers get what is public of a published post; the rest needs a token. What
 * stand-ins made carries a `notice` that says which parts.
 */
export function apiRoutes(deps: DeskDeps, reader: Reader, session: Session, readers: Readers): Hono {
  const api = new Hono();
  postRoutes(api, deps, reader, session);
  serveBatches(api, deps, reader, session);
  serveChats(api, session, readers.asking, readers.visitors);
  questionRoutes(api, deps, session);
  otherRoutes(api, deps, session);
  api.all('*', tokenOnly(session), (c) => {
    throw new ApiRefusal(404, `No such address: ${c.req.path.slice(0, 200)}`);
  });
  return api;
}
