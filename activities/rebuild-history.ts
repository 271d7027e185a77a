import type { Charge } from '../contract/money/charge.js';
import { revisionIn } from '../contract/revision.js';
import type { Publication } from '../contract/status.js';
import { publicationIn, type PublicationSearch, type PublishAttempt } from '../contract/targets/attempt.js';
import type { Removal, Unpublication, Unpublished } from '../contract/unpublish.js';
import type { BatchRecord, PostRecord, RecordedRevision } from '../services/archive/records/records.js';
import type { SlotRequest } from '../services/archive/slots/taken-slots.js';
import type { PublishTask } from './publish.js';
import type { RemovalNews } from './unpublish.js';

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
    const order = unpublishing.get(completed.scheduled);
    if (order && (completed.result as Unpublished).refused === null) unpublication = order;
    charges.push(...chargesIn(completed.result));
  }
  return {
    ...{ input, record, revisions: [...revisions.values()], charges, publications },
    ...{ unpublication, removals, slot },
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
