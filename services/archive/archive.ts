import type { Account } from '../../contract/account.js';
import type { Charge } from '../../contract/charge.js';
import type { BatchSummary, CostKey, Costs, PostSummary } from '../../contract/lists.js';
import type { PostState } from '../../contract/states.js';
import type { BatchStatus, PostStatus, Publication } from '../../contract/status.js';
import type { Edition } from '../publishers/publisher.js';

/** The record of a batch at a moment. A later `sequence` replaces an earlier one, never the other way round. */
export interface BatchRecord {
  readonly sequence: number;
  readonly status: BatchStatus;
  readonly account: Account;
  readonly charges: readonly Charge[];
}

export interface PostRecord {
  readonly sequence: number;
  readonly status: PostStatus;
  /** When a person was last reminded of the gate that is open, ISO 8601; null, as when left out, for not yet. */
  readonly remindedAt?: string | null;
  readonly charges: readonly Charge[];
}

/** A post in the account's feed: the edition as published, and its record. */
export interface PublishedPost {
  readonly edition: Edition;
  readonly publication: Publication;
  readonly account: Account;
  readonly status: PostStatus;
  /** Which models worked on it, for visitors who may not see the record. */
  readonly models: readonly string[];
}

/** An answer of the account's chat bot that cited a post. */
export interface CitingTurn {
  readonly chatId: string;
  readonly question: string;
  readonly at: string;
}

export interface PostQuery {
  readonly account?: string;
  readonly status?: PostState;
  readonly limit?: number;
}

export interface CostQuery {
  readonly by: CostKey;
  /** Only charges of this time and later, ISO 8601. */
  readonly since?: string;
}

/** What outlives the workflows: batches, posts, charges and publications. Every write can be repeated. */
export interface Archive {
  /** Brings the schema up to date. */
  migrate(): Promise<void>;
  saveBatch(record: BatchRecord): Promise<void>;
  savePost(record: PostRecord): Promise<void>;
  /** Stores an edition once for its post and target and answers the stored publication, the first one's when repeated. */
  savePublication(edition: Edition, publication: Publication): Promise<Publication>;

  isEmpty(): Promise<boolean>;
  batch(id: string): Promise<BatchStatus | null>;
  batches(limit?: number): Promise<BatchSummary[]>;
  post(id: string): Promise<PostStatus | null>;
  /** The account as the post's batch kept it. */
  accountOf(postId: string): Promise<Account | null>;
  posts(query?: PostQuery): Promise<PostSummary[]>;
  charges(of: { postId: string } | { batchId: string }): Promise<Charge[]>;
  /** What was really paid, exact to the nano-dollar: every charge that no stand-in made. */
  costs(query: CostQuery): Promise<Costs>;
  /** The newest titles of an account, for planning. */
  recentTitles(account: string, limit: number): Promise<string[]>;
  /** Every account that has a batch, newest state of each. */
  accounts(): Promise<Account[]>;
  account(handle: string): Promise<Account | null>;
  /** Posts published to `feed`, newest first. `before` (ISO 8601) pages on to older ones. */
  published(account: string, page: { limit: number; before?: string }): Promise<PublishedPost[]>;
  publishedPost(postId: string): Promise<PublishedPost | null>;
  citingTurns(postId: string): Promise<CitingTurn[]>;

  close(): Promise<void>;
}
