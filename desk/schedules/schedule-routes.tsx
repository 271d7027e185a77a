import type { Context, Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Session } from '../http/session.js';
import { deskRoom, type RoomEnv } from '../kit/desk-room.js';
import { parameter } from '../http/bad-request.js';
import { printable } from '../http/printable.js';
import { RemovePage, ScheduleList, SCHEDULES_PATH, SchedulesPage } from './schedule-list.js';
import { addChangeScheduleRoutes } from './change-schedule-routes.js';
import { addNewScheduleRoutes } from './new-schedule-routes.js';
import { findViewer } from '../kit/room-page.js';
import { ID_PATTERN } from '../../contract/ids.js';
import { UnknownIdError } from '../../client/errors.js';
import { type ToldError, toldOf } from '../api/refusal.js';
import type { ScheduleStatus } from '../../contract/schedule.js';

/** What a form tells a schedule: the last part of its address. */
const ORDERS = ['pause', 'resume', 'run', 'remove'] as const;
type OrderName = (typeof ORDERS)[number];

/** What the page says after it, in words of ours: `done` comes from an address. */
const SAID: Readonly<Record<string, string>> = {
  add: 'Added. It stands here with its next times.',
  change: 'Changed. It stands here with its next times.',
  'added-before': 'This form has added this schedule already; nothing was added again.',
  pause: 'Paused: no batch is started until it is resumed.',
  resume: 'Resumed.',
  run: 'Its batch is started.',
  queued: 'Its batch waits until the one before has ended.',
  remove: 'Removed. What it started goes on.',
};

/** `/desk/schedules`: the list, the form of a new one, and what a person can tell each. */
export function scheduleRoutes(deps: DeskDeps, session: Session): Hono<RoomEnv> {
  const { schedules, now } = deps;
  const room = deskRoom(deps, session);

  room.get('/', async (c) => {
    if (parameter(c, 'part') === 'list') {
      const found = printable((await schedules.list()).schedules);
      return c.html(<ScheduleList schedules={found} person={c.get('person')} now={now()} />);
    }
    const done = parameter(c, 'done') ?? '';
    return page(c, { said: Object.hasOwn(SAID, done) ? (SAID[done] ?? null) : null, problem: null });
  });

  addNewScheduleRoutes(room, deps);
  addChangeScheduleRoutes(room, deps, known);

  room.get('/:id/remove', async (c) => {
    const schedule = await known(c.req.param('id'));
    if (!schedule) return c.notFound();
    return c.html(<RemovePage schedule={printable(schedule)} viewer={await findViewer(c, deps)} />);
  });

  for (const name of ORDERS) {
    room.post(`/:id/${name}`, async (c) => {
      const id = c.req.param('id');
      if (!ID_PATTERN.test(id)) return c.notFound();
      try {
        return c.redirect(`${SCHEDULES_PATH}?done=${await give(name, id, c.get('person').name)}`, 303);
      } catch (error) {
        if (error instanceof UnknownIdError) return c.notFound();
        const told = toldOf(error);
        if (!told) throw error;
        return page(c, { said: null, problem: told.message }, told.status);
      }
    });
  }
  return room;

  async function known(id: string): Promise<ScheduleStatus | null> {
    if (!ID_PATTERN.test(id)) return null;
    try {
      return await schedules.status(id);
    } catch (error) {
      if (error instanceof UnknownIdError) return null;
      throw error;
    }
  }

  /** @returns what is to be said of it, a key of `SAID` */
  async function give(name: OrderName, id: string, by: string): Promise<string> {
    switch (name) {
      case 'pause':
      case 'resume':
        await schedules[name](id, { by });
        return name;
      case 'run':
        return (await schedules.run(id)).batchId === null ? 'queued' : 'run';
      case 'remove':
        await schedules.remove(id);
        return name;
    }
  }

  /** The list with what is to be said; without Temporal only that. */
  async function page(
    c: Context<RoomEnv>,
    { said, problem }: { said: string | null; problem: string | null },
    status: 200 | ToldError['status'] = 200,
  ) {
    const [viewer, found] = await Promise.all([findViewer(c, deps), listed()]);
    return c.html(
      <SchedulesPage
        viewer={viewer}
        now={now()}
        said={said}
        schedules={printable(found.schedules)}
        problem={problem ?? found.told?.message ?? null}
      />,
      problem === null && found.told ? found.told.status : status,
    );
  }

  async function listed(): Promise<{ schedules: readonly ScheduleStatus[] | null; told: ToldError | null }> {
    try {
      return { ...(await schedules.list()), told: null };
    } catch (error) {
      const told = toldOf(error);
      if (!told) throw error;
      return { schedules: null, told };
    }
  }
}
