/** The rows of `batch list` and `post list`, as the archive knows them and the API answers them. */
import type { Mix } from './mix.js';
import type { BatchState, Gate, PostState } from './states.js';

/** A row of `batch list`. */
export interface BatchSummary {
  readonly id: string;
  readonly account: string;
  readonly planner: string;
  readonly mix: Mix;
  readonly status: BatchState;
  readonly counts: Readonly<Partial<Record<PostState, number>>>;
  readonly costUsd: number;
  readonly createdAt: string;
  /** Made by stand-ins: a sample. */
  readonly offline: boolean;
}

/** A row of `post list`. */
export interface PostSummary {
  readonly id: string;
  readonly account: string;
  readonly batchId: string;
  readonly title: string;
  readonly contentFormat: string;
  readonly status: PostState;
  readonly gate: Gate | null;
  readonly revision: number;
  readonly costUsd: number;
  /** Since when it has been in this state, ISO 8601. */
  readonly since: string;
  /** It waits for a person who has been reminded of it. */
  readonly reminded: boolean;
  /** Made by stand-ins: a sample. */
  readonly offline: boolean;
}
