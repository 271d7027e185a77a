import type { Context, Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Reader } from '../reading/reader.js';
import type { Session } from '../http/session.js';
import { deskRoom, type RoomEnv } from '../kit/desk-room.js';
import { parameter } from '../http/bad-request.js';
import { isHandle } from '../kit/addresses.js';
import { printable } from '../http/printable.js';
import { addressWith, findViewer } from '../kit/room-page.js';
import { BATCHES_PATH, batchPath } from './batch-words.js';
import { BatchList, BatchListPage } from './batch-list.js';
import { addNewBatchRoutes } from './new-batch-routes.js';
import { batchNow, batchPageProps, readWindow } from './batch-view.js';
import { BatchNow } from './batch-now.js';
import { ApproveAllPage, planApproval } from './approve-all.js';
import { CancelPage, giveOrder, ORDERS, saidOf } from './orders.js';
import { isBatchFinal } from '../../contract/states.js';
import { readerZone } from '../http/reader-zone.js';
import { formTexts } from '../kit/form.js';
import { type ToldError, toldOf } from '../api/refusal.js';
import type { BatchStatus } from '../../contract/status.js';
import { BatchDetail } from './batch-page.js';

const ROWS = 50;

/** `/desk/batches`: the list, the form of a new one, and each with what a person can tell it. */
export function batchRoutes(deps: DeskDeps, reader: Reader, session: Session): Hono<RoomEnv> {
  const { archive, batches, now } = deps;
  const room = deskRoom(deps, session);

  room.get('/', async (c) => {
    const asked = parameter(c, 'account');
    const account = asked !== undefined && isHandle(asked) ? asked : null;
    const cursor = parameter(c, 'cursor');
    const found = printable(
      await archive.records.listBatches({
        limit: ROWS,
        ...(account !== null && { account }),
        ...(cursor !== undefined && { cursor }),
      }),
    );
    const offline = found.batches.length > 0 && found.batches.every((batch) => batch.offline);
    const older = found.next === null ? null : addressWith(BATCHES_PATH, { account, cursor: found.next });
    const list = { page: found, older, offline, now: now() };
    if (parameter(c, 'part') === 'list') return c.html(<BatchList {...list} />);
    const part = addressWith(BATCHES_PATH, { account, cursor, part: 'list' });
    const shown = { ...list, account, isOlder: cursor !== undefined, part };
    return c.html(<BatchListPage {...shown} viewer={await findViewer(c, deps)} />);
  });

  addNewBatchRoutes(room, deps);

  room.get('/:id', async (c) => {
    const batch = await reader.batch(c.req.param('id'));
    if (!batch) return c.notFound();
    const window = readWindow(parameter(c, 'status'), parameter(c, 'from'));
    if (parameter(c, 'part') === 'now')
      return c.html(<BatchNow {...inZone(c, await batchNow(deps, batch, window, c.get('person')))} />);
    const said = saidOf(parameter(c, 'done'), batch);
    return page(c, batch, { window, said, problem: null });
  });

  room.get('/:id/approve', async (c) => {
    const batch = await reader.batch(c.req.param('id'));
    if (!batch) return c.notFound();
    const plan = await planApproval(deps, batch);
    // Somebody else has decided meanwhile.
    if (plan.publish.length + plan.make.length === 0) return c.redirect(batchPath(batch.id), 303);
    const zone = readerZone(c) ?? (await deps.accounts.account(batch.account))?.timeZone ?? 'UTC';
    const viewer = await findViewer(c, deps);
    return c.html(
      <ApproveAllPage batch={printable(batch)} plan={printable(plan)} viewer={viewer} zone={zone} />,
    );
  });

  room.get('/:id/cancel', async (c) => {
    const batch = await reader.batch(c.req.param('id'));
    if (!batch) return c.notFound();
    if (isBatchFinal(batch.status)) return c.redirect(batchPath(batch.id), 303);
    return c.html(<CancelPage batch={printable(batch)} viewer={await findViewer(c, deps)} />);
  });

  for (const name of ORDERS) {
    room.post(`/:id/${name}`, async (c) => {
      const batch = await reader.batch(c.req.param('id'));
      if (!batch) return c.notFound();
      const texts = await formTexts(c);
      try {
        await giveOrder(batches, batch.id, { name, by: c.get('person').name, texts });
      } catch (error) {
        const told = toldOf(error);
        if (!told) throw error;
        const shown = (await reader.batch(batch.id)) ?? batch;
        const window = readWindow(undefined, undefined);
        return page(c, shown, { window, said: null, problem: told.message }, told.status);
      }
      const done = name === 'budget' && texts.of === 'month' ? 'budget-month' : name;
      return c.redirect(`${batchPath(batch.id)}?done=${done}`, 303);
    });
  }
  return room;

  async function page(
    c: Context<RoomEnv>,
    batch: BatchStatus,
    told: Omit<Parameters<typeof batchPageProps>[2], 'viewer'>,
    status: 200 | ToldError['status'] = 200,
  ) {
    const viewer = await findViewer(c, deps);
    return c.html(
      <BatchDetail {...inZone(c, await batchPageProps(deps, batch, { ...told, viewer }))} />,
      status,
    );
  }
}

/** With its times in the zone of who reads, where that is known. */
const inZone = <Props extends { readonly zone: string }>(c: Context, props: Props): Props => ({
  ...props,
  zone: readerZone(c) ?? props.zone,
});
