import { randomInt } from 'node:crypto';
import type { Account } from '../contract/account.js';
import { readCron } from '../contract/cron.js';
import { newId } from '../contract/ids.js';
import { toUsd } from '../contract/money/nano.js';
import type { Mix } from '../contract/mix.js';
import type { Overlap, ScheduleOrder } from '../contract/schedule.js';
import { batchInput } from './batches.js';

/** What is asked for: a batch, again and again. */
export interface NewSchedule {
  /** Each run reads it anew; its time zone is the one that the times are in. */
  readonly account: Account;
  /** One of the account's. */
  readonly planner: string;
  /** `{ video: 1, hero_text: 4 }`: 1 to 2,000 posts in all. */
  readonly mix: Mix;
  /** `minute hour day-of-month month day-of-week`, such as `0 6 * * 1`. */
  readonly cron: string;
  /** What each batch should be about. */
  readonly brief?: string | null;
  /** The most that each batch may spend, in US dollars; the account's `budget.batch` at the time when left out. */
  readonly budgetUsd?: number;
  /** What happens while the batch before still runs; `skip` when left out. */
  readonly overlap?: Overlap;
  /** 12 characters of `A-Za-z0-9`; drawn when left out. */
  readonly id?: string;
}

/**
 * What each run of a schedule is started with: the one check of what a person asks for, when it is made and when it is changed.
 *
 * @throws UsageError for a planner, mix, budget, cron or id that can't be
 */
export function scheduleOrder(schedule: NewSchedule, revision = 1): Required<ScheduleOrder> {
  const { account, planner, mix, brief = null, budgetUsd } = schedule;
  const id = schedule.id ?? newId((max) => randomInt(max));
  const batch = batchInput(
    { id, account, planner, mix, brief, ...(budgetUsd !== undefined && { budgetUsd }) },
    '',
  );
  return {
    id,
    account: account.handle,
    planner,
    mix: batch.mix,
    brief,
    budgetUsd: budgetUsd === undefined ? null : toUsd(batch.budget),
    cron: readCron(schedule.cron),
    revision,
  };
}
