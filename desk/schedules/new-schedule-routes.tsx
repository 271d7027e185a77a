import type { Context } from 'hono';
import { type AccountChoice, accountsToChoose, chosen, ofAccount } from '../batches/new-batch-form.js';
import type { Account } from '../../contract/account.js';
import {
  emptyScheduleForm,
  readScheduleForm,
  type ScheduleForm,
  scheduleOf,
  type ScheduleProblems,
} from './schedule-form.js';
import type { deskRoom } from '../kit/desk-room.js';
import { type RoomEnv } from '../kit/desk-room.js';
import type { DeskDeps } from '../deps.js';
import { MessagePage } from '../kit/layout.js';
import { parameter } from '../http/bad-request.js';
import { formTexts } from '../kit/form.js';
import { SCHEDULES_PATH } from './schedule-list.js';
import { UsedIdError } from '../../client/errors.js';
import { type ToldError, toldOf } from '../api/refusal.js';
import { barCounts } from '../kit/frame.js';
import { NewSchedulePage } from './new-schedule-page.js';
import { printable } from '../http/printable.js';

interface Shown {
  readonly choice: AccountChoice;
  readonly account: Account | null;
  readonly form: ScheduleForm;
  readonly problems?: ScheduleProblems;
  readonly problem?: string;
}

/** Adds the form of a new schedule to the room of the schedules. */
export function addNewScheduleRoutes(
  room: ReturnType<typeof deskRoom>,
  deps: Pick<DeskDeps, 'accounts' | 'archive' | 'schedules'>,
): void {
  room.get('/new', async (c) => {
    if (c.get('person').role !== 'editor')
      return c.html(<MessagePage title="Refused" message="You may read here, and start nothing." />, 403);
    const choice = await accountsToChoose(deps);
    const account = chosen(choice, parameter(c, 'account'));
    const planner = Object.keys(account?.planners ?? {})[0] ?? '';
    return page(c, { choice, account, form: emptyScheduleForm(account?.handle ?? '', planner) });
  });

  /** Adds nothing: the form again, for another account. */
  room.post('/new', async (c) => {
    const texts = await formTexts(c);
    const choice = await accountsToChoose(deps);
    const account = chosen(choice, texts.choose ?? texts.account);
    return page(c, { choice, account, form: ofAccount(readScheduleForm(texts), account) });
  });

  room.post('/', async (c) => {
    const choice = await accountsToChoose(deps);
    const form = readScheduleForm(await formTexts(c));
    const account = choice.accounts.find(({ handle }) => handle === form.account) ?? null;
    if (account === null) {
      const problem = `@${form.account.slice(0, 60)} has no account file that can be used just now.`;
      return page(c, { choice, account: choice.accounts[0] ?? null, form, problem }, 400);
    }
    const asked = scheduleOf(form, account);
    if ('problems' in asked) return page(c, { choice, account, form, problems: asked.problems }, 400);
    try {
      await deps.schedules.add(asked.schedule);
      return c.redirect(`${SCHEDULES_PATH}?done=add`, 303);
    } catch (error) {
      if (error instanceof UsedIdError) return c.redirect(`${SCHEDULES_PATH}?done=added-before`, 303);
      const told = toldOf(error);
      if (!told) throw error;
      return page(c, { choice, account, form, problem: told.message }, told.status);
    }
  });

  async function page(
    c: Context<RoomEnv>,
    { choice, account, form, problems = {}, problem }: Shown,
    status: 200 | ToldError['status'] = 200,
  ) {
    const props = {
      ...{ form, account, problems, problem: problem ?? null },
      handles: choice.accounts.map(({ handle }) => handle),
      broken: choice.broken,
    };
    const counts = await barCounts(deps.archive.records);
    return c.html(<NewSchedulePage person={c.get('person')} counts={counts} {...printable(props)} />, status);
  }
}
