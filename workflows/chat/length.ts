import { workflowInfo } from '@temporalio/workflow';
import type { History } from '../history-length.js';

/**
 * A turn is some 12 events: a run is two hundred turns. Temporal itself takes 2,000 updates of a run at most, and ends one of
 * 51,200 events.
 */
const LONG = { events: 2_500, bytes: 1_500_000 };
/** A run that begins with much must get somewhere all the same. */
const LEAST_EVENTS = 200;
/** Where so many ask that a long run never comes to rest, it takes no more questions until it has. */
const FULL_EVENTS = 3_500;

/** Whether a conversation with this history should continue as new when it comes to rest. */
export function isChatLong({ historyLength, historySize, continueAsNewSuggested }: History): boolean {
  if (continueAsNewSuggested || historyLength > LONG.events) return true;
  return historySize > LONG.bytes && historyLength > LEAST_EVENTS;
}

/** Whether a conversation with this history takes no more questions before it has continued as new. */
export const isFull = ({
  historyLength,
  historySize,
}: Pick<History, 'historyLength' | 'historySize'>): boolean =>
  historyLength > FULL_EVENTS || (historySize > 2 * LONG.bytes && historyLength > LEAST_EVENTS);

/** Whether this conversation should continue as new. */
export const isChatDue = (): boolean => isChatLong(workflowInfo());
