import { workflowInfo } from '@temporalio/workflow';
import { isLong, type History } from '../history-length.js';

/** Each new run of a batch begins with all that it knows, so there should be few; a reset or a replay reads one as a whole. */
const LONGEST = { events: 3_500, bytes: 1_500_000, leastEvents: 500 };

/** Whether a batch with this history should continue as new. */
export const isBatchLong = (history: History): boolean => isLong(history, LONGEST);

/** Whether this batch should continue as new, as soon as it can leave off for a moment. */
export const isBatchDue = (): boolean => isBatchLong(workflowInfo());
