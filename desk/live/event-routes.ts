import { Hono } from 'hono';
import { parseIsoTime } from '../../contract/time.js';
import type { DeskDeps } from '../deps.js';
import type { Session } from '../safety/session.js';
import { tokenOnly } from '../safety/token-only.js';
import { ArchiveAway } from '../../services/archive/database.js';
import { createChangeFeed } from './change-feed.js';
import { eventStream } from './event-stream.js';

const TOO_MANY = 'Too many pages listen for changes; close some and try again';
const TRY_AGAIN_SECONDS = '30';

/** `GET /api/events`: server-sent events `post` and `batch` for the signed-in, each with its row of the lists as data. */
export function eventRoutes(
  { archive, log, now }: Pick<DeskDeps, 'archive' | 'log' | 'now'>,
  session: Session,
): Hono {
  const feed = createChangeFeed({
    source: archive.records,
    now,
    log: (error) => {
      if (!(error instanceof ArchiveAway)) log(`GET /api/events: ${error.message}`);
    },
  });
  const routes = new Hono();
  routes.use(tokenOnly(session));
  routes.get('/', (c) => {
    c.header('Cache-Control', 'no-store');
    const type = { 'Content-Type': 'text/event-stream; charset=utf-8' };
    // Its body would never be read, nor left.
    if (c.req.method === 'HEAD') return c.body(null, 200, type);
    const since = lastHeard(c.req.header('Last-Event-ID'));
    const body = eventStream({ feed, isAllowed: () => session.isSignedIn(c), since });
    if (body) return c.body(body, 200, type);
    c.header('Retry-After', TRY_AGAIN_SECONDS);
    return c.json({ error: { message: TOO_MANY } }, 503);
  });
  return routes;
}

/** The id of the last event that a browser heard before its connection broke: the time of ours. */
function lastHeard(id: string | undefined): string | undefined {
  const time = id === undefined ? null : parseIsoTime(id);
  return time === null ? undefined : new Date(time).toISOString();
}
