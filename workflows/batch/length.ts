import { workflowInfo } from '@temporalio/workflow';
import type { History } from '../history-length.js';

/** Each new run of a batch begins with all that it knows, so there should be few; a reset or a replay reads one as a whole. */
const LONG = { events: 3_500, bytes: 1_500_000 };
/** A run that begins with much must get somewhere all the same. */
const LEAST_EVENTS = 500;

/** Whether a batch with this history should continue as new. */
export function isBatchLong({ historyLength, historySize, continueAsNewSuggested }: History): boolean {
  if (continueAsNewSuggested || historyLength > LONG.events) return true;
  return historySize > LONG.bytes && historyLength > LEAST_EVENTS;
}

/** Whether this batch should continue as new, as soon as it can leave off for a moment. */
export const isBatchDue = (): boolean => isBatchLong(workflowInfo());
