import type { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Session } from '../http/session.js';
import { deskRoom, type RoomEnv } from '../kit/desk-room.js';
import { parameter } from '../http/bad-request.js';
import { costQuery } from '../reading/queries.js';
import { printable } from '../http/printable.js';
import { CostsNow, CostsPage } from './costs-page.js';
import { findViewer } from '../kit/room-page.js';

/** `/desk/costs`: the figures of `copydesk costs`. */
export function costRoutes(deps: DeskDeps, session: Session): Hono<RoomEnv> {
  const { archive, now } = deps;
  const room = deskRoom(deps, session);
  room.get('/', async (c) => {
    const since = parameter(c, 'since');
    const query = costQuery({ by: parameter(c, 'by'), since });
    const costs = printable(await archive.ledger.sumCosts(query));
    const shown = { costs, by: query.by, since: since ?? null, now: now() };
    if (parameter(c, 'part') === 'now') return c.html(<CostsNow {...shown} />);
    return c.html(<CostsPage {...shown} viewer={await findViewer(c, deps)} />);
  });
  return room;
}
