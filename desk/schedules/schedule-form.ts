import type { NewSchedule } from '../../client/schedule-order.js';
import type { Account } from '../../contract/account.js';
import { checkCron } from '../../contract/cron.js';
import { parseTimeOfDay, readWeeklyCron, weeklyCron } from '../../contract/cron-words.js';
import { WEEKDAYS, type Weekday } from '../../contract/slot-moments.js';
import { OVERLAPS, type Overlap, type ScheduleStatus } from '../../contract/schedule.js';
import {
  emptyForm,
  orderOf,
  readNewBatchForm,
  type FormProblems,
  type NewBatchForm,
} from '../batches/new-batch-form.js';

/** The form of a recurring batch, as it was typed. Its id is the schedule's, so that sending it twice adds one. */
export interface ScheduleForm extends NewBatchForm {
  /** Which of the two ways counts: days with a time, or a line of cron. */
  readonly times: 'days' | 'cron';
  readonly days: readonly Weekday[];
  /** A time of day. */
  readonly at: string;
  readonly cron: string;
  readonly overlap: Overlap;
}

export type ScheduleProblems = FormProblems & { readonly cron?: string; readonly days?: string };

/** The name of a day's field. */
export const dayField = (day: Weekday): string => `day_${day}`;

/** A form that nobody has filled in: Mondays at six. */
export const emptyScheduleForm = (account: string, planner: string): ScheduleForm => ({
  ...emptyForm(account, planner),
  ...timesOf('0 6 * * 1'),
  overlap: 'skip',
});

/** The form as a schedule that is there fills it in. */
export const formOfSchedule = ({ id, account, planner, ...now }: ScheduleStatus): ScheduleForm => ({
  ...emptyScheduleForm(account, planner),
  id,
  counts: Object.fromEntries(Object.entries(now.mix).map(([format, count]) => [format, String(count)])),
  budget: now.budgetUsd === null ? '' : String(now.budgetUsd),
  brief: now.brief ?? '',
  ...timesOf(now.cron),
  overlap: now.overlap,
});

/** The fields of a line of cron: by days where these say all of it. */
function timesOf(cron: string): Pick<ScheduleForm, 'times' | 'days' | 'at' | 'cron'> {
  const weekly = readWeeklyCron(cron);
  return { times: weekly ? 'days' : 'cron', days: weekly?.days ?? [], at: weekly?.at ?? '', cron };
}

/** What was posted. */
export const readScheduleForm = (texts: Readonly<Record<string, string>>): ScheduleForm => ({
  ...readNewBatchForm(texts),
  times: texts.times === 'days' ? 'days' : 'cron',
  days: WEEKDAYS.filter((day) => texts[dayField(day)] !== undefined),
  at: (texts.at ?? '').trim(),
  cron: (texts.cron ?? '').trim(),
  overlap: OVERLAPS.find((overlap) => overlap === texts.overlap) ?? 'skip',
});

/** The schedule that a form asks for, or what is wrong with it. */
export function checkScheduleForm(
  form: ScheduleForm,
  account: Account,
): { order: NewSchedule } | { problems: ScheduleProblems } {
  const asked = orderOf(form, account);
  const times = checkTimes(form);
  const wrong = 'problem' in times ? { [form.times]: times.problem } : {};
  if ('problems' in asked) return { problems: { ...asked.problems, ...wrong } };
  if ('problem' in times) return { problems: wrong };
  const { id, planner, mix, brief, budgetUsd } = asked.order;
  // Left empty it is the account's own, as that is when a batch starts.
  const budget = form.budget === '' ? {} : { budgetUsd };
  return {
    order: { id, account, planner, mix, brief, ...budget, cron: times.cron, overlap: form.overlap },
  };
}

function checkTimes({ times, days, at, cron }: ScheduleForm): { cron: string } | { problem: string } {
  if (times === 'cron') {
    const read = checkCron(cron);
    return 'problem' in read ? { problem: `${sentence(read.problem)}.` } : read;
  }
  const time = parseTimeOfDay(at);
  if (days.length === 0) return { problem: 'Choose the days.' };
  return time === null
    ? { problem: 'Give a time, such as 07:30.' }
    : { cron: weeklyCron({ days, at: time }) };
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
