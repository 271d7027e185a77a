import type { Charge } from '../contract/money/charge.js';
import type { Publication } from '../contract/status.js';
import type { BatchRecord, PostRecord } from '../services/archive/records/records.js';
import type { PublishTask } from './publish.js';

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
  /** Charges that came back from paid calls, also those that no record carries yet. */
  readonly charges: readonly Charge[];
  readonly publications: readonly { readonly task: PublishTask; readonly publication: Publication }[];
}

const RECORDING = ['recordBatch', 'recordPost'];

/** Reads a run's history, event by event. */
export function readRun(events: Iterable<KnownEvent>): KnownRun {
  let input: readonly unknown[] = [];
  let record: BatchRecord | PostRecord | null = null;
  const charges: Charge[] = [];
  const publications: { task: PublishTask; publication: Publication }[] = [];
  const publishing = new Map<number, PublishTask>();
  for (const { id, started, scheduled, completed } of events) {
    if (started) input = started;
    if (scheduled && RECORDING.includes(scheduled.activity)) {
      const next = scheduled.input as BatchRecord | PostRecord;
      if (!record || next.sequence > record.sequence) record = next;
    }
    if (scheduled?.activity === 'publish') publishing.set(id, scheduled.input as PublishTask);
    if (!completed) continue;
    const task = publishing.get(completed.scheduled);
    if (task) publications.push({ task, publication: completed.result as Publication });
    charges.push(...chargesIn(completed.result));
  }
  return { input, record, charges, publications };
}

/** Every activity that pays answers its charges under one of these names. */
function chargesIn(result: unknown): readonly Charge[] {
  const { charges = [], charge } = (result ?? {}) as { charges?: readonly Charge[]; charge?: Charge | null };
  return charge ? [...charges, charge] : charges;
}
