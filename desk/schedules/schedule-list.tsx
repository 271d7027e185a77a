import type { ScheduleStatus } from '../../contract/schedule.js';
import { batchPath, mixLine, plannerWords } from '../batches/batch-words.js';
import { SEND_ONCE } from '../kit/swap.js';
import type { Person } from '../safety/session.js';
import { clockTime, Time } from '../kit/time.js';
import { remarksOn, schedulePath } from './schedule-words.js';

/** How many of the next times are shown. */
const NEXT_SHOWN = 3;

export interface ScheduleListProps {
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
        @{account} · {mixLine(mix)} · <code>{cron}</code> in {timeZone} · <code>{id}</code>
      </span>
    </div>
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
  const { problem, timeZone, brief } = schedule;
  const remarks = remarksOn(schedule);
  if (problem === null && brief === null && remarks.length === 0) return <></>;
  return (
    <div class="schedule-remarks">
      {problem !== null && (
        <p class="error-words">
          The run of <Time iso={problem.at} text={clockTime(problem.at, timeZone, now)} zone={timeZone} />{' '}
          started no batch: {problem.message} <span class="under">The next run tries again.</span>
        </p>
      )}
      {brief !== null && <p class="quiet schedule-brief">{brief}</p>}
      {remarks.map((remark) => (
        <p class="quiet">{remark}</p>
      ))}
    </div>
  );
}
