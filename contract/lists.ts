/** The rows of `batch list`, `post list`, `slots` and `costs`, as the archive knows them and the API answers them. */
import { z } from 'zod';
import { count, documentId, mix, time, dollarsField, type Frozen } from './document.js';
import { batchState, counts, gate, postState } from './status.js';
import type { PostState } from './states.js';

/** The cursor of the next part of a list. */
const next = z.string().nullable().meta({ description: 'The `cursor` of the next rows; null on the last' });

const postSummary = z.object({
  id: documentId,
  account: z.string(),
  batchId: documentId,
  planner: z.string(),
  title: z.string(),
  contentFormat: z.string(),
  status: postState,
  gate,
  revision: count,
  costUsd: dollarsField,
  /** Since when it has been in this state. */
  since: time,
  /** It waits for a person who has been reminded of it. */
  reminded: z.boolean(),
  /** How many checks of the house style it misses. */
  misses: count,
  /** Made by stand-ins: a sample. */
  offline: z.boolean(),
  /** The asset of its picture; null before there is one. */
  hero: z.string().nullable(),
  /** When it is to be published; null where nobody has said. */
  slot: time.nullable(),
  /** What it is blocked by or has failed of, in words; null for nothing. */
  error: z.string().nullable(),
  createdAt: time,
});
export type PostSummary = Frozen<z.infer<typeof postSummary>>;

export const postPage = z.object({ posts: z.array(postSummary), next });
export type PostPage = Frozen<z.infer<typeof postPage>>;

const batchSummary = z.object({
  id: documentId,
  account: z.string(),
  planner: z.string(),
  mix,
  status: batchState,
  counts,
  costUsd: dollarsField,
  /** The most that it may spend. */
  budgetUsd: dollarsField,
  createdAt: time,
  /** Made by stand-ins: a sample. */
  offline: z.boolean(),
});
export type BatchSummary = Frozen<z.infer<typeof batchSummary>>;

export const batchPage = z.object({ batches: z.array(batchSummary), next });
export type BatchPage = Frozen<z.infer<typeof batchPage>>;

/** A post with the moment at which it went out, or is to go out, ISO 8601. */
export type DatedPost = Pick<PostSummary, 'id' | 'title' | 'contentFormat' | 'status' | 'offline'> & {
  readonly at: string;
};

export const slotList = z.object({
  slots: z.array(
    z.object({
      at: time,
      postId: documentId
        .nullable()
        .meta({ description: 'The post that goes out then; null for a free slot' }),
      /** Null while it is free, and while the post has none yet. */
      title: z.string().nullable(),
    }),
  ),
  timeZone: z.string().meta({ description: "The account's, of the IANA database", example: 'Europe/Lisbon' }),
});
export type SlotList = Frozen<z.infer<typeof slotList>>;
export type SlotRow = SlotList['slots'][number];

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

/** A row of `costs`. Real money only: what stand-ins charge is in none of them. */
const costRow = z.object({
  /** The day (`2026-11-24`), account, planner, model or step; `total` for the sum of all. */
  key: z.string(),
  /** Every known charge, wasted ones included. */
  costUsd: dollarsField,
  /** The part of `costUsd` whose output was not used: refused, redone, or of a post that came to nothing. */
  wastedUsd: dollarsField,
  /** Estimates of calls whose price is not known; no part of `costUsd`. */
  unknownUsd: dollarsField,
  /** How many charges the row sums. */
  charges: count,
});
export type CostRow = Frozen<z.infer<typeof costRow>>;

export const costList = z.object({
  /** By day the oldest first, else the dearest first. */
  rows: z.array(costRow),
  total: costRow,
  /** How many charges of stand-ins were left out. */
  offlineCharges: count,
});
export type Costs = Frozen<z.infer<typeof costList>>;
