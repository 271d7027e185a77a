import type { ScheduleStatus } from '../../contract/schedule.js';

export const SCHEDULES_PATH = '/desk/schedules';
export const NEW_SCHEDULE_PATH = '/desk/schedules/new';

/** The address under which a schedule is told something. */
export const schedulePath = (id: string): string => `${SCHEDULES_PATH}/${id}`;

/** What is to be known of a schedule beside its times, a sentence each. */
export function remarksOn({ runningBatchId, overlap, skipped, missed }: ScheduleStatus): string[] {
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
