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
export type DatedPost = Pick<
  PostSummary,
  'id' | 'account' | 'title' | 'hero' | 'contentFormat' | 'status' | 'offline' | 'error'
> & {
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

/** What is meant by a key: the variable that holds it. */
export const KEYS = ['OPENAI_API_KEY', 'FAL_KEY'] as const;
export type Key = (typeof KEYS)[number];

/** The call that mends it, over HTTP and at the command. */
const mend = z.object({
  method: z.literal('POST'),
  path: z.string().meta({ example: '/api/posts/UpkTZ26nc9Eb/decisions' }),
  body: z.record(z.string(), z.string()).meta({ example: { decision: 'resume' } }),
  command: z.string().meta({ example: 'npx copydesk resume UpkTZ26nc9Eb' }),
});

/** What can't go on, or not with all of it, without a person. */
const attentionItem = z.object({
  what: z.enum(['key', 'batch', 'schedule', 'target', 'post']).meta({
    description:
      "A provider's key or its account, a paused or blocked batch, a schedule that starts nothing, a published post that a target did not take, a blocked post",
  }),
  id: z.string().meta({ description: 'Of the post, batch or schedule; of a key its variable' }),
  title: z.string(),
  account: z.string().nullable().meta({ description: 'Null for a key that several accounts wait for' }),
  posts: z
    .array(documentId)
    .meta({ description: 'The posts that the call resumes; empty for a batch and a schedule' }),
  reason: z.string(),
  since: time
    .nullable()
    .meta({ description: 'Null for a schedule of which nobody noted when it was paused' }),
  mend,
});
export type AttentionItem = Frozen<z.infer<typeof attentionItem>>;

export const attentionList = z.object({ attention: z.array(attentionItem) });
export type AttentionList = Frozen<z.infer<typeof attentionList>>;
