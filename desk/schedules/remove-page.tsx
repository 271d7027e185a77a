import type { ScheduleStatus } from '../../contract/schedule.js';
import { mixWords, plannerWords } from '../batches/batch-words.js';
import type { Person } from '../safety/session.js';
import { Frame, type BarCounts } from '../shared/frame.js';
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
    <Frame title="Remove schedule" person={person} counts={counts} place="schedules" styles={['rooms.css']}>
      <main id="main" class="room room-narrow">
        <h1>Remove this schedule?</h1>
        <p>
          <strong>{plannerWords(planner)}</strong> of @{account}: {mixWords(mix)} at <code>{cron}</code> in{' '}
          {timeZone}. It starts no batch any more. A batch that it started goes on; one that waited for that
          is not started.
        </p>
        <form class="form" method="post" action={`${schedulePath(id)}/remove`}>
          <div class="buttons">
            <button type="submit" class="danger-button">
              Remove schedule
            </button>
            <a class="button plain-button" href={SCHEDULES_PATH}>
              Keep it
            </a>
          </div>
        </form>
      </main>
    </Frame>
  );
}
