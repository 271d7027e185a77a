import { workflowInfo } from '@temporalio/workflow';
import type { Say } from '../../contract/chat.js';

/** A question that has its number. */
export interface NumberedQuestion {
  readonly say: Say;
  readonly turn: number;
  /** When it came, ISO 8601. */
  readonly at: string;
}

/** Tells the runs of a conversation apart in the keys of their charges. */
export const runName = (): string => workflowInfo().runId.slice(0, 8);
