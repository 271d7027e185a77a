import { readSettings, type Environment, type Settings } from '../config/settings.js';
import type { Costs, SlotList } from '../contract/lists.js';
import type { Rebuilt } from '../contract/rebuild.js';
import type { ReconcileInput, ReconcileProgress, Reconciliation } from '../contract/reconcile.js';
import type { QueueName } from '../contract/task-queues.js';
import { Batches } from './batches.js';
import { Calls } from './calls.js';
import { Chats } from './chats.js';
import { Deliveries } from './deliveries.js';
import { deskApi } from './desk-api.js';
import { listCosts, listSlots, type CostFilter, type SlotFilter } from './lists.js';
import { Posts } from './posts.js';
import { runRebuild, runReconcile } from './reconcile.js';
import { Schedules } from './schedules.js';
import { connectTemporal } from './temporal.js';

export interface ConnectOptions {
  /** What TEMPORAL_* and COPYDESK_* variables are read from; `process.env` when left out. */
  readonly env?: Environment;
  /** Read from `env` when left out. */
  readonly settings?: Settings;
}

/**
 * Copydesk from outside: what the command does, and what any other program may do.
 *
 * @example
 * const copydesk = await Copydesk.connect();
 * try { console.log(await copydesk.posts.status('UpkTZ26nc9Eb')); } finally { await copydesk.close(); }
 */
export class Copydesk {
  readonly batches: Batches;
  readonly posts: Posts;
  readonly chats: Chats;
  readonly deliveries: Deliveries;
  readonly schedules: Schedules;
  readonly #calls: Calls;

  private constructor(calls: Calls, deskUrl: string) {
    this.#calls = calls;
    this.batches = new Batches(calls, deskUrl);
    this.posts = new Posts(calls);
    this.chats = new Chats(calls);
    this.deliveries = new Deliveries(calls);
    this.schedules = new Schedules(calls);
  }

  /**
   * Connects to Temporal; the desk is asked only when a call needs it. Each call answers or fails within about 10 seconds,
   * where it says nothing else.
   *
   * @throws NoTemporalError, SettingError for a variable that can't be used
   */
  static async connect({ env = process.env, settings }: ConnectOptions = {}): Promise<Copydesk> {
    const read = settings ?? readSettings(env);
    const temporal = await connectTemporal(read, env);
    return new Copydesk(new Calls(temporal, deskApi(read)), read.url);
  }

  /** Of the Temporal server. */
  get address(): string {
    return this.#calls.temporal.address;
  }

  /** The queues of which no worker has asked for work in the last minutes. */
  queuesWithoutWorker(queues?: readonly QueueName[]): Promise<readonly QueueName[]> {
    return this.#calls.queuesWithoutWorker(queues);
  }

  /** What was really paid, from the desk; `by` is `day` when left out. @throws DeskError */
  costs({ by = 'day', since }: Partial<CostFilter> = {}): Promise<Costs> {
    return listCosts(this.#calls.desk, { by, since });
  }

  /** An account's slots to come, and which post goes out at each, from the desk. @throws UsageError for an unknown account, DeskError */
  slots(account: string, filter: SlotFilter = {}): Promise<SlotList> {
    return listSlots(this.#calls.desk, account, filter);
  }

  /**
   * Compares the archive with what fal billed and keeps the bills; takes as long as it takes. `told` hears how far it is.
   *
   * @throws NoWorkerError, TemporalCallError with the reason when it failed
   */
  async reconcile(
    filter: ReconcileInput = {},
    told: (progress: ReconcileProgress) => void = () => {},
  ): Promise<Reconciliation> {
    await this.#calls.requireWorkers('workflows', 'media');
    return runReconcile(this.#calls.temporal.client, filter, told).catch((error: unknown) => {
      throw this.#calls.explained('the comparison', error);
    });
  }

  /** Writes the record of what Temporal still knows to the archive; takes as long as it takes. @throws NoWorkerError */
  async rebuildArchive(told: (progress: Rebuilt) => void = () => {}): Promise<Rebuilt> {
    await this.#calls.requireWorkers('workflows', 'record');
    return runRebuild(this.#calls.temporal.client, told).catch((error: unknown) => {
      throw this.#calls.explained('rebuilding the archive', error);
    });
  }

  close(): Promise<void> {
    return this.#calls.temporal.close();
  }
}
