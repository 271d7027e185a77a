import type { PostgresPool } from 'kysely';
import { Kysely, PostgresDialect } from 'kysely';
import type { Account } from '../../contract/account.js';
import type { Charge } from '../../contract/money/charge.js';
import type { BatchSummary, Costs, PostSummary } from '../../contract/lists.js';
import type { Nano } from '../../contract/money/nano.js';
import type { BatchStatus, PostStatus, Publication } from '../../contract/status.js';
import type { Edition } from '../publishers/publisher.js';
import type * as archive from './archive.js';
import { dump } from './transfer/dump.js';
import { load } from './transfer/load.js';
import { migrateToLatest } from './migrate.js';
import { readAccounts, readBatches } from './records/list-batches.js';
import { readBilledOf, readBillable } from './ledger/list-billable.js';
import { readCosts } from './ledger/sum-costs.js';
import { readCharges, readPosts, readTitles } from './records/list-posts.js';
import { readPublished, readPublishedPost } from './records/published-posts.js';
import { extend, readFound, readHeld, release, reserve } from './ledger/reserve.js';
import { saveBills } from './ledger/save-bills.js';
import { settle } from './ledger/write-charges.js';
import { saveBatch, savePost, savePublication } from './records/save-post.js';
import type { Schema } from './schema.js';

/** The archive on a database that speaks PostgreSQL. What each method promises stands in the interface. */
export class KyselyArchive implements archive.Archive {
  readonly #db: Kysely<Schema>;
  readonly #pool: PostgresPool;
  #closing: Promise<void> | null = null;

  constructor(pool: PostgresPool) {
    this.#pool = pool;
    // Kysely ends a pool only after a first query, but one that holds a folder must be ended in any case: by us.
    const lent: PostgresPool = { connect: () => pool.connect(), end: async () => {} };
    this.#db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: lent }) });
  }

  migrate(): Promise<void> {
    return migrateToLatest(this.#db);
  }

  saveBatch(record: archive.BatchRecord): Promise<Charge[]> {
    return saveBatch(this.#db, record);
  }

  savePost(record: archive.PostRecord): Promise<Charge[]> {
    return savePost(this.#db, record);
  }

  savePublication(edition: Edition, publication: Publication): Promise<Publication> {
    return savePublication(this.#db, edition, publication);
  }

  reserve(request: archive.ReservationRequest): Promise<archive.Reservation> {
    return reserve(this.#db, request);
  }

  extend(key: string, leaseMs: number): Promise<void> {
    return extend(this.#db, key, leaseMs);
  }

  settle(settlement: archive.Settlement): Promise<Charge[]> {
    return settle(this.#db, settlement);
  }

  release(key: string): Promise<void> {
    return release(this.#db, key);
  }

  found(key: string): Promise<archive.FoundCall> {
    return readFound(this.#db, key);
  }

  held(of: { batchId: string } | { postId: string }): Promise<archive.Held[]> {
    return readHeld(this.#db, of);
  }

  billable(query: archive.BillableQuery): Promise<archive.Billable[]> {
    return readBillable(this.#db, query);
  }

  saveBills(bills: readonly archive.Bill[]): Promise<void> {
    return saveBills(this.#db, bills);
  }

  billedOf(postId: string): Promise<Nano | null> {
    return readBilledOf(this.#db, postId);
  }

  dump(): AsyncIterable<archive.ArchiveLine> {
    return dump(this.#db);
  }

  load(lines: AsyncIterable<unknown> | Iterable<unknown>): Promise<archive.LoadedRows> {
    return load(this.#db, lines);
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#db.selectFrom('batches').select('id').limit(1).executeTakeFirst()) === undefined;
  }

  async batch(id: string): Promise<BatchStatus | null> {
    const row = await this.#db.selectFrom('batches').select('doc').where('id', '=', id).executeTakeFirst();
    return row?.doc ?? null;
  }

  batches(limit?: number): Promise<BatchSummary[]> {
    return readBatches(this.#db, limit);
  }

  async post(id: string): Promise<PostStatus | null> {
    const row = await this.#db.selectFrom('posts').select('doc').where('id', '=', id).executeTakeFirst();
    return row?.doc ?? null;
  }

  async accountOf(postId: string): Promise<Account | null> {
    const row = await this.#db
      .selectFrom('posts')
      .innerJoin('batches', 'batches.id', 'posts.batch_id')
      .select('batches.account_doc')
      .where('posts.id', '=', postId)
      .executeTakeFirst();
    return row?.account_doc ?? null;
  }

  posts(query: archive.PostQuery = {}): Promise<PostSummary[]> {
    return readPosts(this.#db, query);
  }

  charges(of: { postId: string } | { batchId: string }): Promise<Charge[]> {
    return readCharges(this.#db, of);
  }

  costs(query: archive.CostQuery): Promise<Costs> {
    return readCosts(this.#db, query);
  }

  recentTitles(account: string, limit: number): Promise<string[]> {
    return readTitles(this.#db, account, limit);
  }

  accounts(): Promise<Account[]> {
    return readAccounts(this.#db);
  }

  async account(handle: string): Promise<Account | null> {
    return (await readAccounts(this.#db, handle))[0] ?? null;
  }

  published(account: string, page: { limit: number; before?: string }): Promise<archive.PublishedPost[]> {
    return readPublished(this.#db, account, page);
  }

  publishedPost(postId: string): Promise<archive.PublishedPost | null> {
    return readPublishedPost(this.#db, postId);
  }

  citingTurns(postId: string): Promise<archive.CitingTurn[]> {
    return this.#db
      .selectFrom('citations')
      .select(['chat_id as chatId', 'question', 'at'])
      .where('post_id', '=', postId)
      .orderBy('at', 'desc')
      .execute();
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#db.destroy().then(() => this.#pool.end()));
  }
}
