import type { ScheduleDescription } from '@temporalio/client';
import { readNote } from '../contract/cron.js';
import { SCHEDULE_WORKFLOW, type ScheduleOrder, type ScheduleStatus } from '../contract/schedule.js';

/** What Temporal tells of a schedule, as much as its status is made of. */
export type Described = Pick<ScheduleDescription, 'memo' | 'spec' | 'state'> & {
  readonly action: Pick<ScheduleDescription['action'], 'workflowType' | 'args'>;
  readonly policies: Pick<ScheduleDescription['policies'], 'overlap'>;
  readonly info: Pick<
    ScheduleDescription['info'],
    'nextActionTimes' | 'numActionsSkippedOverlap' | 'numActionsMissedCatchupWindow'
  >;
};

/** A schedule as it stands, whether or not its batch still runs; null for one of somebody else's. */
export function scheduleStatus({
  action,
  memo,
  spec,
  policies,
  state,
  info,
}: Described): ScheduleStatus | null {
  const order: unknown = action.args?.[0];
  if (action.workflowType !== SCHEDULE_WORKFLOW || !isOrder(order)) return null;
  const { words, lastBatchId, problem, skips } = readNote(state.note ?? '');
  const { paused } = state;
  return {
    ...order,
    cron: order.cron ?? String(memo?.['cron'] ?? ''),
    revision: order.revision ?? 1,
    timeZone: spec.timezone || 'UTC',
    overlap: policies.overlap === 'SKIP' ? 'skip' : 'queue',
    paused,
    note: words,
    // Temporal lists the times of a paused one too, at which nothing will happen.
    next: paused ? [] : info.nextActionTimes.map((time) => time.toISOString()),
    lastBatchId,
    runningBatchId: null,
    problem,
    skipped: info.numActionsSkippedOverlap + skips,
    missed: info.numActionsMissedCatchupWindow,
  };
}

/** A schedule can be edited in the Temporal UI, which checks nothing of what is ours. */
function isOrder(value: unknown): value is ScheduleOrder {
  if (typeof value !== 'object' || value === null) return false;
  const { id, account, planner, mix } = value as Partial<Record<keyof ScheduleOrder, unknown>>;
  const areTexts = [id, account, planner].every((text) => typeof text === 'string');
  return areTexts && typeof mix === 'object' && mix !== null;
}
