import type { ScheduleStatus } from '../../contract/schedule.js';
import { mixLine, plannerWords } from '../batches/batch-words.js';
import type { Person } from '../safety/session.js';
import { ConfirmPage } from '../kit/confirm-page.js';
import type { BarCounts } from '../kit/frame.js';
import { schedulePath, SCHEDULES_PATH } from './schedule-words.js';

export interface RemovePageProps {
  readonly schedule: ScheduleStatus;
  readonly person: Person;
  readonly counts: BarCounts;
}

/** `/desk/schedules/<id>/remove`: asks before a schedule is gone for good. */
export function RemovePage({ schedule, person, counts }: RemovePageProps) {
  const { id, account, planner, mix, cron, timeZone } = schedule;
  return (
    <ConfirmPage
      {...{ person, counts }}
      title="Remove schedule"
      place="schedules"
      question="Remove this schedule?"
      action={`${schedulePath(id)}/remove`}
      back={SCHEDULES_PATH}
    >
      <p>
        <strong>{plannerWords(planner)}</strong> of @{account}: {mixLine(mix)} at <code>{cron}</code> in{' '}
        {timeZone}. It starts no batch any more. A batch that it started goes on; one that waited for that is
        not started.
      </p>
    </ConfirmPage>
  );
}
