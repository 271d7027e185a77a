import { LivePart, RoomPage, type Viewer } from '../kit/room-page.js';
import { cronWords } from '../../contract/cron-words.js';
import { runWords, type ScheduleStatus } from '../../contract/schedule.js';
import type { Person } from '../http/session.js';
import { batchPath, mixLine, plannerWords } from '../batches/batch-words.js';
import { clockTime, Time } from '../kit/time.js';
import { SEND_ONCE } from '../kit/swap.js';
import { ConfirmPage } from '../kit/confirm-page.js';

interface SchedulesPageProps extends Omit<ScheduleListProps, 'schedules' | 'person'> {
  readonly viewer: Viewer;
  /** Null while Temporal can't be asked, which `problem` says. */
  readonly schedules: ScheduleListProps['schedules'] | null;
  /** What the form that was sent did; null for a page that is only looked at. */
  readonly said: string | null;
  /** Why it did nothing. */
  readonly problem: string | null;
}

/** `/desk/schedules`: the batches that are started again and again, and what a person can tell them. */
export function SchedulesPage({ viewer, schedules, said, problem, now }: SchedulesPageProps) {
  const { person } = viewer;
  return (
    <RoomPage
      {...viewer}
      title="Schedules"
      place="schedules"
      said={said}
      problem={problem}
      actions={
        person.role === 'editor' && (
          <a class="button" href={NEW_SCHEDULE_PATH}>
            New schedule
          </a>
        )
      }
    >
      {schedules?.length === 0 && (
        <p class="empty">
          No schedule yet. A schedule starts a batch again and again, such as five posts each Monday at six.
          Each batch reads the account's file as it is then, and its posts wait for you as always.
        </p>
      )}
      {schedules !== null && (
        <LivePart path={`${SCHEDULES_PATH}?part=list`} on="sse:batch delay:400ms">
          <ScheduleList schedules={schedules} person={person} now={now} />
        </LivePart>
      )}
    </RoomPage>
  );
}

/** How many of the next times are shown. */
const NEXT_SHOWN = 3;

interface ScheduleListProps {
  readonly schedules: readonly ScheduleStatus[];
  readonly person: Person;
  readonly now: Date;
}

/** Every schedule, the one that runs next first: the part of its page that is fetched again when a batch changes. */
export function ScheduleList({ schedules, person, now }: ScheduleListProps) {
  return (
    <ul class="lines">
      {schedules.map((schedule) => (
        <li id={`schedule-${schedule.id}`} class="schedule-line">
          <Name schedule={schedule} />
          <NextTimes schedule={schedule} now={now} />
          <LastBatch schedule={schedule} />
          {person.role === 'editor' ? <Orders schedule={schedule} /> : <span></span>}
          <Remarks schedule={schedule} now={now} />
        </li>
      ))}
    </ul>
  );
}

interface LineProps {
  readonly schedule: ScheduleStatus;
}

function Name({ schedule: { id, account, planner, mix, cron, timeZone } }: LineProps) {
  return (
    <div class="schedule-name">
      <strong>{plannerWords(planner)}</strong>
      <span class="under">
        @{account} · {mixLine(mix)} · <TimesWords cron={cron} timeZone={timeZone} /> · <code>{id}</code>
      </span>
    </div>
  );
}

/** `Tuesdays and Fridays 07:30, Europe/Berlin`, or the line of cron where no words say it. */
function TimesWords({ cron, timeZone }: Pick<ScheduleStatus, 'cron' | 'timeZone'>) {
  const words = cronWords(cron);
  return (
    <>
      {words === null ? <code>{cron}</code> : <span title={cron}>{words}</span>}, {timeZone}
    </>
  );
}

function NextTimes({ schedule: { next, paused, timeZone, note }, now }: LineProps & { now: Date }) {
  if (paused)
    return (
      <div class="schedule-next">
        <span class="chip chip-wait">paused</span>
        {note !== null && <span class="under">{note}</span>}
      </div>
    );
  const [first, ...later] = next.slice(0, NEXT_SHOWN);
  const time = (iso: string) => <Time iso={iso} text={clockTime(iso, timeZone, now)} zone={timeZone} />;
  if (first === undefined) return <span class="quiet">It runs no more.</span>;
  return (
    <div class="schedule-next">
      <span class="hidden-text">Next: </span>
      {time(first)}
      {later.length > 0 && (
        <span class="under">then {later.map((iso, index) => [index > 0 ? ', ' : '', time(iso)])}</span>
      )}
    </div>
  );
}

function LastBatch({ schedule: { lastBatchId, runningBatchId } }: LineProps) {
  if (lastBatchId === null) return <span class="quiet">no batch yet</span>;
  return (
    <span>
      <a href={batchPath(lastBatchId)}>{runningBatchId === null ? 'Last batch' : 'Batch that runs'}</a>
      <span class="under">
        <code>{lastBatchId}</code>
      </span>
    </span>
  );
}

function Orders({ schedule: { id, paused, runningBatchId, overlap } }: LineProps) {
  const path = schedulePath(id);
  return (
    <div class="buttons">
      {(runningBatchId === null || overlap === 'queue') && (
        <Order path={`${path}/run`} id={id} label="Run now" />
      )}
      {paused ? (
        <Order path={`${path}/resume`} id={id} label="Resume" />
      ) : (
        <Order path={`${path}/pause`} id={id} label="Pause" />
      )}
      <a class="button plain-button" href={`${path}/change`}>
        Change<span class="hidden-text"> {id}</span>
      </a>
      <a class="button plain-button" href={`${path}/remove`}>
        Remove<span class="hidden-text"> {id}</span>
      </a>
    </div>
  );
}

function Order({ path, id, label }: { path: string; id: string; label: string }) {
  return (
    <form method="post" action={path} {...SEND_ONCE}>
      <button type="submit" class="plain-button">
        {label}
        <span class="hidden-text"> {id}</span>
      </button>
    </form>
  );
}

function Remarks({ schedule, now }: LineProps & { now: Date }) {
  const { problem, timeZone, brief, runningBatchId } = schedule;
  const remarks = remarksOn(schedule);
  if (problem === null && brief === null && remarks.length === 0) return <></>;
  return (
    <div class="schedule-remarks">
      {problem !== null && (
        <p class={problem.skipped ? 'skipped-words' : 'error-words'}>
          The run of <Time iso={problem.at} text={clockTime(problem.at, timeZone, now)} zone={timeZone} />{' '}
          {runWords(problem)}:{' '}
          {problem.skipped && runningBatchId !== null ? (
            <a href={batchPath(runningBatchId)}>{problem.message}</a>
          ) : (
            <>
              {problem.message} <span class="under">The next run tries again.</span>
            </>
          )}
        </p>
      )}
      {brief !== null && <p class="quiet schedule-brief">{brief}</p>}
      {remarks.map((remark) => (
        <p class="quiet">{remark}</p>
      ))}
    </div>
  );
}

export const SCHEDULES_PATH = '/desk/schedules';
export const NEW_SCHEDULE_PATH = '/desk/schedules/new';

/** The address under which a schedule is told something. */
export const schedulePath = (id: string): string => `${SCHEDULES_PATH}/${id}`;

/** What is to be known of a schedule beside its times, a sentence each. */
function remarksOn({ runningBatchId, overlap, skipped, missed }: ScheduleStatus): string[] {
  return [
    ...(runningBatchId !== null && overlap === 'skip'
      ? ['Its batch still runs. A time that comes before that has ended is left out.']
      : []),
    ...(runningBatchId !== null && overlap === 'queue'
      ? ['Its batch still runs. The next one waits until that has ended.']
      : []),
    ...(skipped > 0 ? [`${times(skipped)} left out: the batch before still ran.`] : []),
    ...(missed > 0 ? [`${times(missed)} left out: the Temporal server was off for more than a day.`] : []),
  ];
}

const times = (count: number): string => (count === 1 ? 'Once' : `${count} times`);

/** `/desk/schedules/<id>/remove`: asks before a schedule is gone for good. */
export function RemovePage({ schedule, viewer }: { schedule: ScheduleStatus; viewer: Viewer }) {
  const { id, account, planner, mix, cron, timeZone } = schedule;
  return (
    <ConfirmPage
      {...viewer}
      title="Remove schedule"
      place="schedules"
      question="Remove this schedule?"
      action={`${schedulePath(id)}/remove`}
      back={SCHEDULES_PATH}
    >
      <p>
        <strong>{plannerWords(planner)}</strong> of @{account}: {mixLine(mix)},{' '}
        <TimesWords cron={cron} timeZone={timeZone} />. It starts no batch any more. A batch that it started
        goes on; one that waited for that is not started.
      </p>
    </ConfirmPage>
  );
}
