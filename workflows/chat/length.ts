import { workflowInfo } from '@temporalio/workflow';
import { isLong, type History } from '../history-length.js';

/**
 * A turn is some 12 events: a run is two hundred turns. Temporal itself takes 2,000 updates of a run at most, and ends one of
 * 51,200 events.
 */
const LONGEST = { events: 2_500, bytes: 1_500_000, leastEvents: 200 };
/** Where so many ask that a long run never comes to rest, it takes no more questions until it has. */
const FULL_EVENTS = 3_500;

/** Whether a conversation with this history should continue as new when it comes to rest. */
export const isChatLong = (history: History): boolean => isLong(history, LONGEST);

/** Whether a conversation with this history takes no more questions before it has continued as new. */
export const isFull = ({
  historyLength,
  historySize,
}: Pick<History, 'historyLength' | 'historySize'>): boolean =>
  historyLength > FULL_EVENTS || (historySize > 2 * LONGEST.bytes && historyLength > LONGEST.leastEvents);

/** Whether this conversation should continue as new. */
export const isChatDue = (): boolean => isChatLong(workflowInfo());
