import type { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Reader } from '../reading/reader.js';
import type { Session } from '../http/session.js';
import { deskRoom, type RoomEnv } from '../kit/desk-room.js';
import { parameter } from '../http/bad-request.js';
import { isHandle } from '../kit/addresses.js';
import { printable } from '../http/printable.js';
import { BatchList, BatchListPage } from './batch-list.js';
import { barCounts } from '../kit/frame.js';
import { addNewBatchRoutes } from './new-batch-routes.js';
import { batchNow, batchPageProps, readWindow } from './batch-view.js';
import { BatchNow } from './batch-now.js';
import { CancelPage, giveOrder, ORDERS, saidOf } from './orders.js';
import { BatchDetail } from './batch-page.js';
import { isBatchFinal } from '../../contract/states.js';
import { batchPath } from './batch-words.js';
import { formTexts } from '../kit/form.js';
import { toldOf } from '../api/refusal.js';

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
    const older = found.next === null ? null : listPath({ account, cursor: found.next });
    const list = { page: found, older, offline, now: now() };
    if (parameter(c, 'part') === 'list') return c.html(<BatchList {...list} />);
    const part = listPath({ account, cursor, part: 'list' });
    const counts = await barCounts(archive.records);
    return c.html(
      <BatchListPage
        {...list}
        {...{ person: c.get('person'), counts, account, isOlder: cursor !== undefined, part }}
      />,
    );
  });

  addNewBatchRoutes(room, deps);

  room.get('/:id', async (c) => {
    const batch = await reader.batch(c.req.param('id'));
    if (!batch) return c.notFound();
    const person = c.get('person');
    const window = readWindow(parameter(c, 'status'), parameter(c, 'from'));
    if (parameter(c, 'part') === 'now')
      return c.html(<BatchNow {...await batchNow(deps, batch, window, person)} />);
    const said = saidOf(parameter(c, 'done'), batch);
    return c.html(
      <BatchDetail {...await batchPageProps(deps, batch, { window, person, said, problem: null })} />,
    );
  });

  room.get('/:id/cancel', async (c) => {
    const batch = await reader.batch(c.req.param('id'));
    if (!batch) return c.notFound();
    if (isBatchFinal(batch.status)) return c.redirect(batchPath(batch.id), 303);
    const counts = await barCounts(archive.records);
    return c.html(<CancelPage batch={printable(batch)} person={c.get('person')} counts={counts} />);
  });

  for (const name of ORDERS) {
    room.post(`/:id/${name}`, async (c) => {
      const batch = await reader.batch(c.req.param('id'));
      if (!batch) return c.notFound();
      const person = c.get('person');
      const texts = await formTexts(c);
      try {
        await giveOrder(batches, batch.id, { name, by: person.name, texts });
      } catch (error) {
        const told = toldOf(error);
        if (!told) throw error;
        const shown = (await reader.batch(batch.id)) ?? batch;
        const problem = told.message;
        const window = readWindow(undefined, undefined);
        return c.html(
          <BatchDetail {...await batchPageProps(deps, shown, { window, person, said: null, problem })} />,
          told.status,
        );
      }
      return c.redirect(
        `${batchPath(batch.id)}?done=${name === 'budget' && texts.of === 'month' ? 'budget-month' : name}`,
        303,
      );
    });
  }
  return room;
}

function listPath(given: { account: string | null; cursor?: string; part?: string }): string {
  const { account, cursor, part } = given;
  const query = new URLSearchParams({
    ...(account !== null && { account }),
    ...(cursor !== undefined && { cursor }),
    ...(part !== undefined && { part }),
  });
  return query.size > 0 ? `/desk/batches?${query}` : '/desk/batches';
}
