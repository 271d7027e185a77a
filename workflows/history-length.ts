import { workflowInfo } from '@temporalio/workflow';

/** How long a history is, as Temporal tells it. */
export interface History {
  /** Events. */
  readonly historyLength: number;
  /** Bytes. */
  readonly historySize: number;
  readonly continueAsNewSuggested: boolean;
}

export interface Longest {
  readonly events: number;
  readonly bytes: number;
  /** A run that begins with much must get somewhere all the same: bytes don't count before so many events. */
  readonly leastEvents: number;
}

/** Whether a workflow that carries its whole state over should continue as new. */
export function isLong(
  { historyLength, historySize, continueAsNewSuggested }: History,
  longest: Longest,
): boolean {
  if (continueAsNewSuggested || historyLength > longest.events) return true;
  return historySize > longest.bytes && historyLength > longest.leastEvents;
}

/** Each new run of a batch begins with all that it knows, so there should be few; a reset or a replay reads one as a whole. */
const BATCH = { events: 3_500, bytes: 1_500_000, leastEvents: 500 };

/** Whether a batch with this history should continue as new. */
export const isBatchLong = (history: History): boolean => isLong(history, BATCH);

/** Whether this batch should continue as new, as soon as it can leave off for a moment. */
export const isBatchDue = (): boolean => isBatchLong(workflowInfo());

/**
 * A turn is some 12 events: a run is two hundred turns. Temporal itself takes 2,000 updates of a run at most, and ends one of
 * 51,200 events.
 */
const CHAT = { events: 2_500, bytes: 1_500_000, leastEvents: 200 };
/** Where so many ask that a long run never comes to rest, it takes no more questions until it has. */
const FULL_EVENTS = 3_500;

/** Whether a conversation with this history should continue as new when it comes to rest. */
export const isChatLong = (history: History): boolean => isLong(history, CHAT);

/** Whether a conversation with this history takes no more questions before it has continued as new. */
export const isFull = ({
  historyLength,
  historySize,
}: Pick<History, 'historyLength' | 'historySize'>): boolean =>
  historyLength > FULL_EVENTS || (historySize > 2 * CHAT.bytes && historyLength > CHAT.leastEvents);

/** Whether this conversation should continue as new. */
export const isChatDue = (): boolean => isChatLong(workflowInfo());
