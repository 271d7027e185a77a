import type { Account } from '../../../contract/account.js';
import type { Charge } from '../../../contract/money/charge.js';
import type { BatchPage, Changes, DatedPost, PostCounts, PostPage } from '../../../contract/lists.js';
import type { NewsOutcome } from '../../../contract/news.js';
import type { Nano } from '../../../contract/money/nano.js';
import type { PublishedEdit, TargetEdit } from '../../../contract/edit.js';
import type { Revision } from '../../../contract/revision.js';
import type { BatchState, PostState } from '../../../contract/states.js';
import type {
  BatchStatus,
  PipelineRow,
  PostStatus,
  Publication,
  StatusError,
} from '../../../contract/status.js';
import type { Removal, Unpublication } from '../../../contract/unpublish.js';
import type { Edition } from '../../publishers/publisher.js';

/** The record of a batch at a moment. A later `sequence` replaces an earlier one, never the other way round. */
export interface BatchRecord {
  readonly sequence: number;
  readonly status: BatchStatus;
  readonly account: Account;
  readonly charges: readonly Charge[];
  /** What the account may spend in a month as far as this batch goes, where a person said so; else its file says. */
  readonly monthBudget?: Nano | null;
  /** What came of the news that it was offered; left out where it was offered none. */
  readonly news?: NewsOutcome;
}

export interface PostRecord {
  readonly sequence: number;
  readonly status: PostStatus;
  /** When a person was last reminded of the gate that is open, ISO 8601; null, as when left out, for not yet. */
  readonly remindedAt?: string | null;
  readonly charges: readonly Charge[];
  /** Revisions that no record before carried, beside the one that `status` shows; none when left out. */
  readonly revisions?: readonly RecordedRevision[];
}

export interface RecordedRevision extends Revision {
  /** Of the record that it was last seen in; that of the record which carries it when left out. */
  readonly sequence?: number;
}

/** A publication as it comes about: nothing is taken back of it yet. */
export type NewPublication = Omit<Publication, 'removedAt'>;

/** A post in the account's feed: the edition as published, and its record. */
export interface PublishedPost {
  readonly edition: Edition;
  readonly publication: Publication;
  readonly account: Account;
  readonly status: PostStatus;
}

/** What a link to another post of the account needs. */
export interface Neighbour {
  readonly postId: string;
  /** As it was published. */
  readonly title: string;
}

/** An answer of the account's chat bot that cited a post. */
export interface CitingTurn {
  readonly chatId: string;
  /** Which turn of the conversation, from 1. */
  readonly turn: number;
  readonly question: string;
  readonly at: string;
}

/** A post that the account published or rejected lately, or that is on its way, as far as another one can repeat it. */
export interface RecentPost {
  readonly postId: string;
  readonly batchId: string;
  readonly title: string;
  readonly topic: string;
  readonly angle: string;
  /** Null for a video, and before it is written. */
  readonly body: string | null;
  readonly status: PostState;
  /** When it came out; of one that is not out, when it got its status. ISO 8601. */
  readonly at: string;
  /** Why it was rejected; null where nobody said so, and for any other. */
  readonly reason: string | null;
}

export interface RecentQuery {
  readonly account: string;
  /** Samples, or posts that are none. */
  readonly offline: boolean;
  /** ISO 8601. */
  readonly since: string;
  readonly limit: number;
}

/** A part of a list, in an order that nothing new disturbs. */
export interface PageQuery {
  /** How many at most; all when left out. */
  readonly limit?: number;
  /** The `next` of the part before; the first part when left out. One that the archive never gave has nothing after it. */
  readonly cursor?: string;
}

/** Which batches; what is left out doesn't matter. */
export interface BatchQuery extends PageQuery {
  readonly account?: string;
}

/** Which posts; what is left out doesn't matter. */
export interface PostQuery extends PageQuery {
  /** These alone. */
  readonly ids?: readonly string[];
  readonly account?: string;
  readonly status?: PostState | readonly PostState[];
  /** The id of their batch. */
  readonly batch?: string;
  readonly planner?: string;
  /** All of these words stand in the title, the body, the caption or the planner, in any case. */
  readonly words?: string;
  /** Made at this time or later, ISO 8601. */
  readonly from?: string;
  /** Made before this time, ISO 8601. */
  readonly to?: string;
  /** `newest` first when left out; by `slot` those without one are last. */
  readonly order?: 'newest' | 'oldest' | 'slot';
}

/** What does nothing more, or not all that it should, without a person. Times are ISO 8601. */
interface Halted {
  readonly id: string;
  readonly account: string;
  /** Since when it has its status. */
  readonly since: string;
  /** Null for a batch that a person paused. */
  readonly error: StatusError | null;
}

/** A post that is blocked, or is out or on its way and was not taken by some target. */
export interface HaltedPost extends Halted {
  readonly batchId: string;
  readonly title: string;
  readonly status: PostState;
  /** The rows of its pipeline that failed. */
  readonly failed: readonly PipelineRow[];
}

/** A batch that is paused or blocked. */
export interface HaltedBatch extends Halted {
  readonly planner: string;
  readonly status: BatchState;
}

/** Which posts by the moment at which they go out. */
export interface DatedQuery {
  /** A handle, or several. */
  readonly account: string | readonly string[];
  readonly from: string;
  readonly until: string;
  readonly limit: number;
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
  savePublication(edition: Edition, publication: NewPublication): Promise<Publication>;
  /**
   * Marks a published post as taken back; one that is not published stays as it is. May be repeated.
   *
   * @returns its record as it is then; null where there is none
   */
  unpublishPost(unpublication: Unpublication): Promise<PostStatus | null>;
  /** Puts on a post's record what a target made of being asked to delete it. @returns as `unpublishPost` */
  saveRemoval(postId: string, removal: Removal): Promise<PostStatus | null>;
  /**
   * Puts a revision of a published post in place of what its record, its page and its feeds show; a later one that is there stays.
   * May be repeated.
   *
   * @returns the record as it is then; null where the post is not published
   */
  saveEdit(edit: PublishedEdit): Promise<PostStatus | null>;
  /** Puts on a post's record what a target made of an edit. */
  saveTargetEdit(edit: TargetEdit): Promise<void>;
  isUnpublished(postId: string): Promise<boolean>;

  /** Whether no batch was ever saved. */
  isEmpty(): Promise<boolean>;
  findBatch(id: string): Promise<BatchStatus | null>;
  /** Newest first. */
  listBatches(query?: BatchQuery): Promise<BatchPage>;
  findPost(id: string): Promise<PostStatus | null>;
  listPosts(query?: PostQuery): Promise<PostPage>;
  /** Posts of accounts that went out, or are scheduled, from one moment on and before another (ISO 8601), in order. */
  listDatedPosts(query: DatedQuery): Promise<DatedPost[]>;
  countPosts(): Promise<PostCounts>;
  /** What does not go on without a person, the newest first. @param limit of each kind */
  listHalted(limit: number): Promise<{ posts: HaltedPost[]; batches: HaltedBatch[] }>;
  /**
   * What was saved after a time, the first changes first. One that was being saved while another caller asked may be stamped a
   * moment before that answer's `at`: who must miss none asks from some seconds before it.
   *
   * @param since ISO 8601
   * @param limit of posts, and of batches that changed themselves; reached, `at` is as far as the answer goes
   */
  listChanges(since: string, limit: number): Promise<Changes>;
  /** What was seen of a post, the first revision first. */
  listRevisions(postId: string): Promise<Revision[]>;
  /** The newest titles of an account, for planning. */
  listTitles(account: string, limit: number): Promise<string[]>;
  /** What a new post should not repeat, newest first: all but what was cancelled, failed or expired. */
  listRecentPosts(query: RecentQuery): Promise<RecentPost[]>;

  /** As its newest batch kept it. */
  findAccount(handle: string): Promise<Account | null>;
  /** As the post's batch kept it. */
  findAccountOfPost(postId: string): Promise<Account | null>;
  /** Every account that has a batch, newest state of each. */
  listAccounts(): Promise<Account[]>;

  findPublishedPost(postId: string): Promise<PublishedPost | null>;
  /** Posts published to `feed`, newest first. */
  listPublishedPosts(account: string, page: PublishedPage): Promise<PublishedPost[]>;
  /** The posts of the account's feed that were published just before and just after one of them; null where there is none. */
  findNeighbours(
    account: string,
    postId: string,
  ): Promise<{ older: Neighbour | null; newer: Neighbour | null }>;
  listCitingTurns(postId: string): Promise<CitingTurn[]>;
}
