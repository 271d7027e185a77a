import type { Account } from '../../contract/account.js';
import type { Charge } from '../../contract/money/charge.js';
import type { BatchSummary, CostKey, Costs, PostSummary } from '../../contract/lists.js';
import type { PostState } from '../../contract/states.js';
import type { BatchStatus, PostStatus, Publication } from '../../contract/status.js';
import type { Nano } from '../../contract/money/nano.js';
import type { Edition } from '../publishers/publisher.js';
import type { Bill, Billable, BillableQuery } from './ledger/bills.js';
import type { ArchiveLine, LoadedRows } from './transfer/transfer.js';
import type { FoundCall, Held, Reservation, ReservationRequest, Settlement } from './ledger/reservation.js';

export type { Bill, Billable, BillableQuery } from './ledger/bills.js';
export type { ArchiveLine, LoadedRows } from './transfer/transfer.js';
export type {
  BudgetLimits,
  FoundCall,
  Held,
  Payer,
  Refusal,
  Reservation,
  ReservationRequest,
  Settlement,
} from './ledger/reservation.js';

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

export interface CostQuery {
  readonly by: CostKey;
  /** Only charges of this time and later, ISO 8601. */
  readonly since?: string;
}

/** What outlives the workflows: batches, posts, charges and publications. Every write can be repeated. */
export interface Archive {
  /** Brings the schema up to date. */
  migrate(): Promise<void>;
  /** @returns those of its charges that the archive has otherwise, as it has them: what was written first stands */
  saveBatch(record: BatchRecord): Promise<Charge[]>;
  /** @returns those of its charges that the archive has otherwise, as it has them: what was written first stands */
  savePost(record: PostRecord): Promise<Charge[]>;
  /** Stores an edition once for its post and target and answers the stored publication, the first one's when repeated. */
  savePublication(edition: Edition, publication: Publication): Promise<Publication>;

  /**
   * Holds a paid call's cost back from its budgets, the expected one and the most that it can be, in one transaction: others
   * that come at the same time, from any process, find it taken. The same key again replaces what it held. As long as no
   * call costs more than its `most` or outlives its lease, no budget is overrun.
   */
  reserve(request: ReservationRequest): Promise<Reservation>;
  /** Makes a lease last this long from now, in ms; nothing where none is held. */
  extend(key: string, leaseMs: number): Promise<void>;
  /**
   * Writes charges down and gives back what was held for them. May be repeated: the amount that was written first stands, and
   * an output that was kept after all is `kept`.
   *
   * @returns the charges as they are stored, in the order given
   */
  settle(settlement: Settlement): Promise<Charge[]>;
  /** Gives back what was held for a call that was not made. May be repeated. */
  release(key: string): Promise<void>;
  /** What became of a call that was begun: its charge, or else what is held for it, in which case it may have been paid. */
  found(key: string): Promise<FoundCall>;
  /** What is held now, its lease not over. */
  held(of: { batchId: string } | { postId: string }): Promise<Held[]>;

  /** Charges that the provider should have billed, oldest first, each with what it has billed as far as we know. */
  billable(query: BillableQuery): Promise<Billable[]>;
  /** Writes down what the provider says it billed; a bill that differs from an earlier one is a row of its own, by the difference. */
  saveBills(bills: readonly Bill[]): Promise<void>;
  /** What was billed for a post so far; null where no bill is known. */
  billedOf(postId: string): Promise<Nano | null>;

  /** Everything, as lines that `load` of an empty or older archive takes. Consistent: as of one moment. */
  dump(): AsyncIterable<ArchiveLine>;
  /**
   * Writes lines of a dump; what is there already stays unless the line's is newer. May be repeated. Every line is checked
   * before the first is written.
   *
   * @throws UnreadableLine naming the line that can't be loaded, its table and its field
   */
  load(lines: AsyncIterable<unknown> | Iterable<unknown>): Promise<LoadedRows>;

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
