import type { Hono } from 'hono';
import type { RoomEnv } from '../kit/desk-room.js';
import type { DeskDeps } from '../deps.js';
import { addNewFormRoutes } from '../batches/new-form-routes.js';
import {
  checkScheduleForm,
  emptyScheduleForm,
  readScheduleForm,
  type ScheduleForm,
  type ScheduleProblems,
} from './schedule-form.js';
import type { NewSchedule } from '../../client/schedule-order.js';
import { SCHEDULES_PATH } from './schedule-list.js';
import { NewSchedulePage } from './new-schedule-page.js';
import { printable } from '../http/printable.js';

/** Adds the form of a new schedule to the room of the schedules. */
export function addNewScheduleRoutes(
  room: Hono<RoomEnv>,
  deps: Pick<DeskDeps, 'accounts' | 'archive' | 'schedules'>,
): void {
  addNewFormRoutes<ScheduleForm, NewSchedule, ScheduleProblems>(room, deps, {
    empty: (_c, account) =>
      emptyScheduleForm(account?.handle ?? '', Object.keys(account?.planners ?? {})[0] ?? ''),
    read: readScheduleForm,
    check: checkScheduleForm,
    async start(schedule) {
      await deps.schedules.add(schedule);
      return `${SCHEDULES_PATH}?done=add`;
    },
    startedBefore: () => `${SCHEDULES_PATH}?done=added-before`,
    page: (shown, viewer) =>
      Promise.resolve(String(<NewSchedulePage viewer={viewer} {...printable(shown)} />)),
  });
}
