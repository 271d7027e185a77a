import type { Account } from '../contract/account.js';
import type { BatchInput } from '../contract/batch.js';
import type { ScheduleOrder } from '../contract/schedule.js';
import type { Archive } from './archive/archive.js';
import type { AssetStore } from './assets/assets.js';
import type { Intake } from './assets/intake.js';
import type { MediaService } from './media/media.js';
import type { PublicFetch } from './public-fetch.js';
import type { Publisher } from './publishers/publisher.js';
import type { TextService } from './text/text.js';

/** The outside world, as the activities take it. A worker of a few queues has only the parts that their activities use. */
export interface Services {
  readonly text: TextService;
  readonly media: MediaService;
  readonly archive: Archive;
  readonly assets: AssetStore;
  readonly intake: Intake;
  readonly publicFetch: PublicFetch;
  /** By the kind of target. */
  readonly publishers: Readonly<Record<string, Publisher>>;
  /**
   * The batch that a schedule asks for, of the account as its file is now.
   *
   * @throws UsageError in one line that names the file and the line at fault, or the planner or mix that can't be
   */
  readonly prepareBatch: (order: ScheduleOrder, batchId: string) => Promise<BatchInput>;
  /** An account as its file is now. @throws UsageError in one line where there is none, or one that can't be read */
  readonly readAccount: (handle: string) => Promise<Account>;
  /** The address at which people reach the desk, without a slash at the end. */
  readonly deskUrl: string;
  /** How long a submit with an unknown outcome is looked for, in seconds; null for each medium's own worst latency. */
  readonly adoptSeconds: number | null;
  readonly now: () => Date;
  /** Aborted when the process begins to stop: what is free ends its wait, what is paid ends in its own time. */
  readonly stopping: AbortSignal;
}
