import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { Charge } from '../contract/money/charge.js';
import { revisionIn } from '../contract/revision.js';
import type { Publication } from '../contract/status.js';
import { publicationIn, type PublicationSearch, type PublishAttempt } from '../contract/targets/attempt.js';
import type { Removal, Unpublication, Unpublished } from '../contract/unpublish.js';
import type { BatchRecord, PostRecord, RecordedRevision } from '../services/archive/records/records.js';
import type { SlotRequest } from '../services/archive/slots/taken-slots.js';
import type { PublishTask } from './publish.js';
import type { PublishedEdit, TargetEdit } from '../contract/edit.js';
import type { RemovalNews } from './unpublish.js';

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

/** A history event, as far as the record can be read from it; its payloads are decoded. */
export interface KnownEvent {
  readonly id: number;
  /** The workflow's input, where the event starts it. */
  readonly started?: readonly unknown[];
  readonly scheduled?: { readonly activity: string; readonly input: unknown };
  readonly completed?: { readonly scheduled: number; readonly result: unknown };
}

/** What the history of one run of a batch or post tells. */
export interface KnownRun {
  readonly input: readonly unknown[];
  /** The newest record that the run wrote, or asked to be written; null before the first. */
  readonly record: BatchRecord | PostRecord | null;
  /** What was seen of a post, as its records tell, the last word on each revision. */
  readonly revisions: readonly RecordedRevision[];
  /** Charges that came back from paid calls, also those that no record carries yet. */
  readonly charges: readonly Charge[];
  readonly publications: readonly { readonly task: PublishTask; readonly publication: Publication }[];
  /** The post's last word on its slot that the archive has heard; null for none. */
  readonly slot: KnownSlot | null;
  /** How the run edited a published post; null for a run that did not. */
  readonly edit: PublishedEdit | null;
  /** What targets made of that. */
  readonly targetEdits: readonly TargetEdit[];
  /** The post that the run took back; null for a run that took none. */
  readonly unpublication: Unpublication | null;
  /** What targets made of being asked to delete it. */
  readonly removals: readonly Removal[];
}

/** When a post goes out, as the archive had it. */
export interface KnownSlot {
  readonly request: SlotRequest;
  /** Null once it was given back. */
  readonly at: string | null;
}

const RECORDING = ['recordBatch', 'recordPost'];
const PLACING = ['takeSlot', 'giveBackSlot'];
const PUBLISHING = ['publish', 'findPublication'];

/** Reads a run's history, event by event. */
export function readRun(events: Iterable<KnownEvent>): KnownRun {
  let input: readonly unknown[] = [];
  let record: BatchRecord | PostRecord | null = null;
  const revisions = new Map<number, RecordedRevision>();
  const charges: Charge[] = [];
  const publications: { task: PublishTask; publication: Publication }[] = [];
  const publishing = new Map<number, PublishTask>();
  const unpublishing = new Map<number, Unpublication>();
  const editing = new Map<number, PublishedEdit>();
  let edit: PublishedEdit | null = null;
  const targetEdits: TargetEdit[] = [];
  let unpublication: Unpublication | null = null;
  const removals: Removal[] = [];
  const placing = new Map<number, SlotRequest>();
  let slot: KnownSlot | null = null;
  for (const { id, started, scheduled, completed } of events) {
    if (started) input = started;
    if (scheduled && RECORDING.includes(scheduled.activity)) {
      const next = scheduled.input as BatchRecord | PostRecord;
      if (scheduled.activity === 'recordPost')
        for (const seen of revisionsOf(next as PostRecord)) revisions.set(seen.revision, seen);
      if (!record || next.sequence > record.sequence) record = next;
    }
    if (scheduled && PUBLISHING.includes(scheduled.activity))
      publishing.set(id, scheduled.input as PublishTask);
    if (scheduled?.activity === 'saveEdit') editing.set(id, scheduled.input as PublishedEdit);
    if (scheduled?.activity === 'recordTargetEdit') targetEdits.push(scheduled.input as TargetEdit);
    if (scheduled?.activity === 'beginUnpublish') unpublishing.set(id, scheduled.input as Unpublication);
    if (scheduled?.activity === 'recordRemoval') removals.push((scheduled.input as RemovalNews).removal);
    if (scheduled && PLACING.includes(scheduled.activity)) placing.set(id, scheduled.input as SlotRequest);
    if (!completed) continue;
    const task = publishing.get(completed.scheduled);
    const publication = task && publicationIn(completed.result as PublishAttempt | PublicationSearch);
    if (task && publication) publications.push({ task, publication });
    const placed = placing.get(completed.scheduled);
    if (placed && placed.sequence >= (slot?.request.sequence ?? 0))
      slot = { request: placed, at: (completed.result as string | null | undefined) ?? null };
    const edited = editing.get(completed.scheduled);
    if (edited && completed.result === true) edit = edited;
    const order = unpublishing.get(completed.scheduled);
    if (order && (completed.result as Unpublished).refused === null) unpublication = order;
    charges.push(...chargesIn(completed.result));
  }
  return {
    input,
    record,
    revisions: [...revisions.values()],
    charges,
    publications,
    edit,
    targetEdits,
    unpublication,
    removals,
    slot,
  };
}

function revisionsOf({ sequence, status, revisions = [] }: PostRecord): readonly RecordedRevision[] {
  const shown = revisionIn(status);
  return [...revisions, ...(shown ? [shown] : [])].map((revision) => ({ sequence, ...revision }));
}

/** Every activity that pays answers its charges under one of these names. */
function chargesIn(result: unknown): readonly Charge[] {
  const { charges = [], charge } = (result ?? {}) as { charges?: readonly Charge[]; charge?: Charge | null };
  return charge ? [...charges, charge] : charges;
}
