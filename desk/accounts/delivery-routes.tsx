import type { Context } from 'hono';
import { DELIVERY_ID_PATTERN } from '../../contract/webhooks.js';
import { toldOf, type ToldError } from '../api/refusal.js';
import type { DeskDeps } from '../deps.js';
import { barCounts } from '../kit/frame.js';
import { printable } from '../safety/printable.js';
import { parameter } from '../safety/query.js';
import type { deskRoom, RoomEnv } from '../kit/desk-room.js';
import { isHandle } from '../kit/addresses.js';
import { DeliveriesPage, deliveriesPath } from './deliveries-page.js';

const ROWS = 50;

/** Adds the log of an account's webhooks to the room of the accounts: what was delivered, and what is to be sent again. */
export function addDeliveryRoutes(room: ReturnType<typeof deskRoom>, deps: DeskDeps): void {
  const { archive, accounts, deliveries, now } = deps;

  room.get('/:handle/deliveries', async (c) => {
    const handle = c.req.param('handle');
    if (!isHandle(handle)) return c.notFound();
    const said = parameter(c, 'done') === 'again' ? 'It is sent again, and tried for a day.' : null;
    return page(c, handle, { said, problem: null });
  });

  room.post('/:handle/deliveries/:id/again', async (c) => {
    const { handle, id } = c.req.param();
    const known = isHandle(handle) && DELIVERY_ID_PATTERN.test(id) ? await archive.deliveries.find(id) : null;
    if (known?.account !== handle) return c.notFound();
    try {
      await deliveries.sendAgain(id);
    } catch (error) {
      const told = toldOf(error);
      if (!told) throw error;
      return page(c, handle, { said: null, problem: told.message }, told.status);
    }
    return c.redirect(`${deliveriesPath(handle)}?done=again`, 303);
  });

  async function page(
    c: Context<RoomEnv>,
    handle: string,
    told: { said: string | null; problem: string | null },
    status: 200 | ToldError['status'] = 200,
  ) {
    const cursor = parameter(c, 'cursor');
    const [found, account, counts] = await Promise.all([
      archive.deliveries.list({ account: handle, limit: ROWS, ...(cursor !== undefined && { cursor }) }),
      accounts.account(handle),
      barCounts(archive.records),
    ]);
    const zone = account?.timeZone ?? 'UTC';
    const shown = { person: c.get('person'), counts, handle, zone, now: now(), ...told };
    return c.html(<DeliveriesPage {...shown} page={printable(found)} />, status);
  }
}
