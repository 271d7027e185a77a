import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { readRun, type KnownEvent, type KnownRun } from './rebuild-history.js';

type Payloads = temporal.api.common.v1.IPayloads | null | undefined;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
type Execution = temporal.api.workflow.v1.IWorkflowExecutionInfo;

/** A history that can't be read, in one clause. */
export class UnreadableHistory extends Error {
  override name = 'UnreadableHistory' as const;
}

/** Of one page of the list. */
const PAGE = 20;

/** A page of the runs of a workflow type, running and ended. `token` continues after the last page; null is the first. */
export async function listRuns(
  client: Client,
  workflow: string,
  token: string | null,
): Promise<{ runs: readonly Execution[]; token: string | null }> {
  const { executions, nextPageToken } = await client.workflowService.listWorkflowExecutions({
    namespace: client.options.namespace,
    query: `WorkflowType = '${workflow}'`,
    pageSize: PAGE,
    nextPageToken: token === null ? undefined : Buffer.from(token, 'base64'),
  });
  const next = Buffer.from(nextPageToken ?? []).toString('base64');
  return { runs: executions ?? [], token: next === '' ? null : next };
}

/** Fetches and reads the history of a run. @throws UnreadableHistory, and any failure of the server's as it is */
export async function fetchRun(client: Client, workflowId: string, runId: string): Promise<KnownRun> {
  const events = await historyOf(client, workflowId, runId);
  const known: KnownEvent[] = [];
  try {
    for (const event of events) known.push(await decoded(client, event));
    return readRun(known);
  } catch (error) {
    throw new UnreadableHistory(`its history can't be read: ${(error as Error).message}`, { cause: error });
  }
}

async function historyOf(
  client: Client,
  workflowId: string,
  runId: string,
): Promise<readonly HistoryEvent[]> {
  try {
    return (await client.workflow.getHandle(workflowId, runId).fetchHistory()).events ?? [];
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw new UnreadableHistory('Temporal forgot its history in the meantime', { cause: error });
  }
}

/** Only events that tell something are decoded: most of a history is timers and tasks. */
async function decoded(client: Client, event: HistoryEvent): Promise<KnownEvent> {
  const id = Number(event.eventId);
  const started = event.workflowExecutionStartedEventAttributes;
  if (started) return { id, started: await values(client, started.input) };
  const scheduled = event.activityTaskScheduledEventAttributes;
  if (scheduled) {
    const [input] = await values(client, scheduled.input);
    return { id, scheduled: { activity: scheduled.activityType?.name ?? '', input } };
  }
  const completed = event.activityTaskCompletedEventAttributes;
  if (!completed) return { id };
  const [result] = await values(client, completed.result);
  return { id, completed: { scheduled: Number(completed.scheduledEventId), result } };
}

/** Payloads as the client's data converter has them, so that an encrypted history can be read as well. */
async function values(client: Client, payloads: Payloads): Promise<unknown[]> {
  const { payloadConverter, payloadCodecs } = client.options.loadedDataConverter;
  let plain = payloads?.payloads ?? [];
  for (const codec of payloadCodecs.toReversed()) plain = await codec.decode(plain);
  return plain.map((payload) => payloadConverter.fromPayload(payload));
}
