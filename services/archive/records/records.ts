import type { Account } from '../../../contract/account.js';
import type { Charge } from '../../../contract/money/charge.js';
import type { BatchSummary, PostSummary } from '../../../contract/lists.js';
import type { Nano } from '../../../contract/money/nano.js';
import type { PostState } from '../../../contract/states.js';
import type { BatchStatus, PostStatus, Publication } from '../../../contract/status.js';
import type { Edition } from '../../publishers/publisher.js';

/** The record of a batch at a moment. A later `sequence` replaces an earlier one, never the other way round. */
export interface BatchRecord {
  readonly sequence: number;
  readonly status: BatchStatus;
  readonly account: Account;
  readonly charges: readonly Charge[];
  /** What the account may spend in a month as far as this batch goes, where a person said so; else its file says. */
  readonly monthBudget?: Nano | null;
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

export interface PublishedPage {
  readonly limit: number;
  /** Only posts published before this time, ISO 8601: pages on to older ones. */
  readonly before?: string;
}

/** Batches, posts and publications as their workflows wrote them down, and what pages show of them. */
export interface Records {
  /** @returns those of its charges that the archive has otherwise, as it has them: what was written first stands */
  saveBatch(record: BatchRecord): Promise<Charge[]>;
  /** @returns those of its charges that the archive has otherwise, as it has them: what was written first stands */
  savePost(record: PostRecord): Promise<Charge[]>;
  /** Stores an edition once for its post and target and answers the stored publication, the first one's when repeated. */
  savePublication(edition: Edition, publication: Publication): Promise<Publication>;

  /** Whether no batch was ever saved. */
  isEmpty(): Promise<boolean>;
  findBatch(id: string): Promise<BatchStatus | null>;
  /** Newest first, all of them without a limit. */
  listBatches(limit?: number): Promise<BatchSummary[]>;
  findPost(id: string): Promise<PostStatus | null>;
  /** Newest first, all that match without a limit. */
  listPosts(query?: PostQuery): Promise<PostSummary[]>;
  /** The newest titles of an account, for planning. */
  listTitles(account: string, limit: number): Promise<string[]>;

  /** As its newest batch kept it. */
  findAccount(handle: string): Promise<Account | null>;
  /** As the post's batch kept it. */
  findAccountOfPost(postId: string): Promise<Account | null>;
  /** Every account that has a batch, newest state of each. */
  listAccounts(): Promise<Account[]>;

  findPublishedPost(postId: string): Promise<PublishedPost | null>;
  /** Posts published to `feed`, newest first. */
  listPublishedPosts(account: string, page: PublishedPage): Promise<PublishedPost[]>;
  listCitingTurns(postId: string): Promise<CitingTurn[]>;
}
