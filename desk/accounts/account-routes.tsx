import type { Hono } from 'hono';
import { monthStart } from '../batches/estimate.js';
import type { DeskDeps } from '../deps.js';
import { barCounts } from '../kit/frame.js';
import { printable } from '../safety/printable.js';
import { parameter } from '../safety/query.js';
import type { Session } from '../safety/session.js';
import { deskRoom, type RoomEnv } from '../kit/desk-room.js';
import { isHandle } from '../kit/addresses.js';
import { AccountNow, AccountPage } from './account-page.js';
import { accountRows, type AccountRow } from './account-rows.js';
import { AccountLines, AccountsPage } from './accounts-page.js';
import { addDeliveryRoutes } from './delivery-routes.js';

const RECENT = 5;

/** `/desk/accounts`: what the account files say, and what is wrong in them. */
export function accountRoutes(deps: DeskDeps, session: Session): Hono<RoomEnv> {
  const { archive, now } = deps;
  const room = deskRoom(deps, session);

  room.get('/', async (c) => {
    const rows = printable(await readRows(deps));
    if (parameter(c, 'part') === 'list') return c.html(<AccountLines rows={rows} />);
    const counts = await barCounts(archive.records);
    return c.html(<AccountsPage person={c.get('person')} counts={counts} rows={rows} />);
  });

  room.get('/:handle', async (c) => {
    const handle = c.req.param('handle');
    if (!isHandle(handle)) return c.notFound();
    const row = (await readRows(deps)).find((each) => each.handle === handle);
    if (!row) return c.notFound();
    const { batches } = await archive.records.listBatches({ account: handle, limit: RECENT });
    const shown = { ...printable({ row, batches }), person: c.get('person'), now: now() };
    if (parameter(c, 'part') === 'now') return c.html(<AccountNow {...shown} />);
    return c.html(<AccountPage {...shown} counts={await barCounts(archive.records)} />);
  });
  addDeliveryRoutes(room, deps);
  return room;
}

async function readRows({ accounts, archive, now }: DeskDeps): Promise<AccountRow[]> {
  const [files, kept, counts, month] = await Promise.all([
    accounts.check(),
    archive.records.listAccounts(),
    archive.records.countPosts(),
    archive.ledger.sumCosts({ by: 'account', since: monthStart(now()) }),
  ]);
  return accountRows({ files, kept, counts, month: month.rows });
}
