import type { Context, Hono } from 'hono';
import type { Account } from '../../contract/account.js';
import type { ScheduleStatus } from '../../contract/schedule.js';
import { type ToldError, toldOf } from '../api/refusal.js';
import type { DeskDeps } from '../deps.js';
import { printable } from '../http/printable.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { formTexts } from '../kit/form.js';
import { MessagePage } from '../kit/layout.js';
import { findViewer, RoomPage, type Viewer } from '../kit/room-page.js';
import { ScheduleFields } from './new-schedule-page.js';
import {
  checkScheduleForm,
  formOfSchedule,
  readScheduleForm,
  type ScheduleForm,
  type ScheduleProblems,
} from './schedule-form.js';
import { schedulePath, SCHEDULES_PATH } from './schedule-list.js';

/** Adds the form that changes a schedule: filled in with what it is now, and bound to the revision that was seen. */
export function addChangeScheduleRoutes(
  room: Hono<RoomEnv>,
  deps: Pick<DeskDeps, 'accounts' | 'archive' | 'schedules'>,
  known: (id: string) => Promise<ScheduleStatus | null>,
): void {
  const path = '/:id/change';

  room.get(path, async (c) => {
    if (c.get('person').role !== 'editor')
      return c.html(<MessagePage title="Refused" message="You may read here, and change nothing." />, 403);
    const schedule = await known(c.req.param('id'));
    if (!schedule) return c.notFound();
    return page(c, { form: formOfSchedule(schedule), revision: schedule.revision, schedule });
  });

  room.post(path, async (c) => {
    const schedule = await known(c.req.param('id'));
    if (!schedule) return c.notFound();
    const texts = await formTexts(c);
    const form = { ...readScheduleForm(texts), id: schedule.id, account: schedule.account };
    const revision = Number(texts.revision) || schedule.revision;
    const account = await deps.accounts.account(schedule.account);
    if (!account) return page(c, { form, revision, schedule }, 409);
    const asked = checkScheduleForm(form, account);
    if ('problems' in asked) return page(c, { form, revision, schedule, problems: asked.problems }, 400);
    try {
      const { budgetUsd = null, planner, mix, cron, overlap, brief } = asked.order;
      const change = { account, planner, mix, cron, overlap, brief, budgetUsd, revision };
      await deps.schedules.change(schedule.id, change);
      return c.redirect(`${SCHEDULES_PATH}?done=change`, 303);
    } catch (error) {
      const told = toldOf(error);
      if (!told) throw error;
      return page(c, { form, revision, schedule, problem: told.message }, told.status);
    }
  });

  async function page(
    c: Context<RoomEnv>,
    shown: Omit<ChangePageProps, 'viewer' | 'account'>,
    status: 200 | ToldError['status'] = 200,
  ) {
    const account = await deps.accounts.account(shown.schedule.account);
    const viewer = await findViewer(c, deps);
    return c.html(<ChangePage viewer={viewer} {...printable({ ...shown, account })} />, status);
  }
}

interface ChangePageProps {
  readonly viewer: Viewer;
  /** As it is now. */
  readonly schedule: ScheduleStatus;
  /** Null where its file was never read without a problem. */
  readonly account: Account | null;
  readonly form: ScheduleForm;
  /** The one that the form was filled in from. */
  readonly revision: number;
  readonly problems?: ScheduleProblems;
  readonly problem?: string;
}

/** `/desk/schedules/<id>/change`. */
function ChangePage({ viewer, schedule, account, form, revision, problems = {}, problem }: ChangePageProps) {
  const path = `${schedulePath(schedule.id)}/change`;
  return (
    <RoomPage
      {...viewer}
      title="Change schedule"
      place="schedules"
      width="narrow"
      trail={<a href={SCHEDULES_PATH}>Schedules</a>}
      problem={problem ?? null}
    >
      {account === null ? (
        <p class="empty">
          @{schedule.account} has no account file that can be used just now.{' '}
          <a href="/desk/accounts">Accounts</a> has what is wrong in it.
        </p>
      ) : (
        <form class="form" method="post" action={path}>
          <input type="hidden" name="revision" value={String(revision)} />
          <p class="help field">
            Of @{schedule.account}, <code>{schedule.id}</code>. It counts from the next time on; a batch that
            runs goes on as it was started.
          </p>
          <ScheduleFields form={form} account={account} problems={problems} />
          <div class="buttons">
            <button type="submit">Change schedule</button>
            {revision !== schedule.revision && (
              <a class="button plain-button" href={path}>
                Show what it is now
              </a>
            )}
          </div>
        </form>
      )}
    </RoomPage>
  );
}
