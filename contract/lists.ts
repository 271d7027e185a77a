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
  /** The most that it may spend. */
  readonly budgetUsd: number;
  readonly createdAt: string;
  /** Made by stand-ins: a sample. */
  readonly offline: boolean;
}

/** A row of `post list`. */
export interface PostSummary {
  readonly id: string;
  readonly account: string;
  readonly batchId: string;
  readonly planner: string;
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
  /** The asset of its picture; null before there is one. */
  readonly hero: string | null;
  /** When it is to be published, ISO 8601; null where nobody has said. */
  readonly slot: string | null;
  /** What it is blocked by or has failed of, in words; null for nothing. */
  readonly error: string | null;
  readonly createdAt: string;
}

/** A post with the moment at which it went out, or is to go out. */
export interface DatedPost extends Pick<
  PostSummary,
  'id' | 'title' | 'contentFormat' | 'status' | 'offline'
> {
  /** ISO 8601. */
  readonly at: string;
}

/** A part of a list. `next` is the cursor of the next part; null for the last one. */
export interface PostPage {
  readonly posts: readonly PostSummary[];
  readonly next: string | null;
}
export interface BatchPage {
  readonly batches: readonly BatchSummary[];
  readonly next: string | null;
}

/** A slot of an account to come, and the post that goes out then. */
export interface SlotRow {
  /** ISO 8601. */
  readonly at: string;
  /** Null while it is free. */
  readonly postId: string | null;
  /** Null while it is free, and while the post has none yet. */
  readonly title: string | null;
}

export interface SlotList {
  readonly slots: readonly SlotRow[];
  /** The account's, in which its slots are written. */
  readonly timeZone: string;
}

type StateCounts = Readonly<Partial<Record<PostState, number>>>;

/** How many posts there are, by state; a state that no post is in is left out. */
export interface PostCounts {
  readonly total: StateCounts;
  readonly accounts: Readonly<Record<string, StateCounts>>;
}

/** A row, and when its record was last saved, ISO 8601: there may be more new in the record than the row shows. */
export interface Saved<Row> {
  readonly row: Row;
  readonly savedAt: string;
}

/** What has changed since a time. */
export interface Changes {
  readonly posts: readonly Saved<PostSummary>[];
  /** Also those of the posts, whose counts and costs are theirs. */
  readonly batches: readonly Saved<BatchSummary>[];
  /** Up to when this answer goes, by the archive's clock: ask from here the next time. */
  readonly at: string;
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
