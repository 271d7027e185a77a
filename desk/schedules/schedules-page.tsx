import { Frame, type BarCounts } from '../kit/frame.js';
import { Said } from '../kit/said.js';
import { ScheduleList, type ScheduleListProps } from './schedule-list.js';
import { NEW_SCHEDULE_PATH, SCHEDULES_PATH } from './schedule-words.js';

export interface SchedulesPageProps extends Omit<ScheduleListProps, 'schedules'> {
  readonly counts: BarCounts;
  /** Null while Temporal can't be asked, which `problem` says. */
  readonly schedules: ScheduleListProps['schedules'] | null;
  /** What the form that was sent did; null for a page that is only looked at. */
  readonly said: string | null;
  /** Why it did nothing. */
  readonly problem: string | null;
}

/** `/desk/schedules`: the batches that are started again and again, and what a person can tell them. */
export function SchedulesPage({ counts, schedules, said, problem, person, now }: SchedulesPageProps) {
  return (
    <Frame title="Schedules" person={person} counts={counts} place="schedules" styles={['rooms.css']}>
      <main id="main" class="room">
        <header class="room-head">
          <h1>Schedules</h1>
          {person.role === 'editor' && (
            <a class="button" href={NEW_SCHEDULE_PATH}>
              New schedule
            </a>
          )}
        </header>
        <Said said={said} problem={problem} />
        {schedules?.length === 0 && (
          <p class="empty">
            No schedule yet. A schedule starts a batch again and again, such as five posts each Monday at six.
            Each batch reads the account's file as it is then, and its posts wait for you as always.
          </p>
        )}
        {schedules !== null && (
          <div
            hx-get={`${SCHEDULES_PATH}?part=list`}
            hx-trigger="sse:batch delay:400ms"
            hx-swap="morph:innerHTML"
          >
            <ScheduleList schedules={schedules} person={person} now={now} />
          </div>
        )}
      </main>
    </Frame>
  );
}
