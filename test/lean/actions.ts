import type { Client, WorkflowHandle } from '@temporalio/client';
import proto from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;
type HistoryEvent = proto.temporal.api.history.v1.IHistoryEvent;

/** What a run of a workflow left in its history, and what Temporal Cloud would bill for it. */
export interface Listed {
  readonly events: number;
  /** Bytes of the history as the server counts them. */
  readonly bytes: number;
  /** How often each event stands in it, activities and signals by their name: `ActivityTaskScheduled draft`. */
  readonly counts: Readonly<Record<string, number>>;
  /** Billable actions by what they are; heartbeats, which no history has, are counted by whoever sends them. */
  readonly actions: Readonly<Record<string, number>>;
}

/** The kinds of events that are actions (Temporal Cloud's docs, "Actions"): the start of a child counts twice. */
const ACTIONS: Readonly<Record<string, number>> = {
  WorkflowExecutionStarted: 1,
  StartChildWorkflowExecutionInitiated: 2,
  ActivityTaskScheduled: 1,
  TimerStarted: 1,
  WorkflowExecutionSignaled: 1,
  WorkflowExecutionUpdateAccepted: 1,
  SignalExternalWorkflowExecutionInitiated: 1,
  UpsertWorkflowSearchAttributes: 1,
  WorkflowExecutionContinuedAsNew: 1,
};

/** Lists the newest run. A child's start is on its parent's list. */
export async function listRun(handle: WorkflowHandle): Promise<Listed> {
  const [{ events }, { historySize }] = await Promise.all([handle.fetchHistory(), handle.describe()]);
  const counts: Record<string, number> = {};
  const actions: Record<string, number> = {};
  for (const event of events ?? []) {
    const kind = kindOf(event);
    const name = [kind, nameOf(event)].filter(Boolean).join(' ');
    counts[name] = (counts[name] ?? 0) + 1;
    const count = isChild(event) ? 0 : (ACTIONS[kind] ?? 0) + retriesOf(event);
    if (count > 0) actions[name] = (actions[name] ?? 0) + count;
  }
  return { events: events?.length ?? 0, bytes: historySize ?? 0, counts, actions };
}

/** The runs of a workflow that continued as new, the first one first. */
export async function listRuns(client: Client, workflowId: string): Promise<Listed[]> {
  const runs: Listed[] = [];
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${workflowId}"` }))
    runs.unshift(await listRun(client.workflow.getHandle(workflowId, runId)));
  return runs;
}

/** Of a post, what stands in its batch's list: its start is two actions, and each of its two reports one. */
export const ITS_BATCH = 2 + 2;

export const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** `EVENT_TYPE_ACTIVITY_TASK_SCHEDULED` as `ActivityTaskScheduled`. */
const kindOf = ({ eventType }: HistoryEvent): string =>
  (EventType[eventType ?? 0] ?? '')
    .replace('EVENT_TYPE_', '')
    .toLowerCase()
    .replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

const nameOf = (event: HistoryEvent): string | null | undefined =>
  event.activityTaskScheduledEventAttributes?.activityType?.name ??
  event.workflowExecutionSignaledEventAttributes?.signalName;

/** Each further attempt of an activity is an action; only the one that succeeded tells how many there were. */
const retriesOf = ({ activityTaskStartedEventAttributes: started }: HistoryEvent): number =>
  Math.max(0, (started?.attempt ?? 1) - 1);

const isChild = ({ workflowExecutionStartedEventAttributes: started }: HistoryEvent): boolean =>
  Boolean(started?.parentWorkflowExecution);
