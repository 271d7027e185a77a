import type { NewSchedule } from '../../client/schedule-order.js';
import type { Account } from '../../contract/account.js';
import { checkCron } from '../../contract/cron.js';
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
  readonly cron: string;
  readonly overlap: Overlap;
}

export type ScheduleProblems = FormProblems & { readonly cron?: string };

/** A form that nobody has filled in: Mondays at six. */
export const emptyScheduleForm = (account: string, planner: string): ScheduleForm => ({
  ...emptyForm(account, planner),
  cron: '0 6 * * 1',
  overlap: 'skip',
});

/** The form as a schedule that is there fills it in. */
export const formOfSchedule = ({ id, account, planner, ...now }: ScheduleStatus): ScheduleForm => ({
  ...emptyScheduleForm(account, planner),
  id,
  counts: Object.fromEntries(Object.entries(now.mix).map(([format, count]) => [format, String(count)])),
  budget: now.budgetUsd === null ? '' : String(now.budgetUsd),
  brief: now.brief ?? '',
  cron: now.cron,
  overlap: now.overlap,
});

/** What was posted. */
export const readScheduleForm = (texts: Readonly<Record<string, string>>): ScheduleForm => ({
  ...readNewBatchForm(texts),
  cron: (texts.cron ?? '').trim(),
  overlap: OVERLAPS.find((overlap) => overlap === texts.overlap) ?? 'skip',
});

/** The schedule that a form asks for, or what is wrong with it. */
export function checkScheduleForm(
  form: ScheduleForm,
  account: Account,
): { order: NewSchedule } | { problems: ScheduleProblems } {
  const asked = orderOf(form, account);
  const times = checkCron(form.cron);
  const cron = 'problem' in times ? { cron: `${sentence(times.problem)}.` } : {};
  if ('problems' in asked) return { problems: { ...asked.problems, ...cron } };
  if ('problem' in times) return { problems: cron };
  const { id, planner, mix, brief, budgetUsd } = asked.order;
  // Left empty it is the account's own, as that is when a batch starts.
  const budget = form.budget === '' ? {} : { budgetUsd };
  return {
    order: { id, account, planner, mix, brief, ...budget, cron: times.cron, overlap: form.overlap },
  };
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
