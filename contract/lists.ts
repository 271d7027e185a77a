/** The rows of `batch list`, `post list` and `costs`, as the archive knows them and the API answers them. */
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
  /** How many checks of the house style it misses. */
  readonly misses: number;
  /** Made by stand-ins: a sample. */
  readonly offline: boolean;
}

/** What `costs` can sum by. A day is one of UTC. */
export const COST_KEYS = ['day', 'account', 'planner', 'model', 'step'] as const;
export type CostKey = (typeof COST_KEYS)[number];

/** A row of `costs`. Real money only: what stand-ins charge is in none of them. */
export interface CostRow {
  /** The day (`2026-11-24`), account, planner, model or step; `total` for the sum of all. */
  readonly key: string;
  /** Every known charge, wasted ones included. */
  readonly costUsd: number;
  /** The part of `costUsd` whose output was not used: refused, redone, or of a post that came to nothing. */
  readonly wastedUsd: number;
  /** Estimates of calls whose price is not known; no part of `costUsd`. */
  readonly unknownUsd: number;
  /** How many charges the row sums. */
  readonly charges: number;
}

export interface Costs {
  /** By day the oldest first, else the dearest first. */
  readonly rows: readonly CostRow[];
  readonly total: CostRow;
  /** How many charges of stand-ins were left out. */
  readonly offlineCharges: number;
}
