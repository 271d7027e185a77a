import type { Archive } from '../services/archive/archive.js';
import type { AccountFiles } from '../config/accounts/account-files.js';
import type { AssetStore } from '../services/assets/assets.js';
import type { StoreUpload } from '../services/assets/store-upload.js';
import type { LiveStatus } from './reading/reader.js';
import type { Posts } from '../client/posts.js';
import type { Batches } from '../client/batches.js';
import type { Schedules } from '../client/schedules.js';
import type { Chats } from '../client/chats.js';
import type { Deliveries } from '../client/deliveries.js';
import type { TemporalUi } from './kit/addresses.js';
import type { TextRate } from '../contract/money/prices/text-rate.js';
import type { KeptMarks } from './http/kept-marks.js';
import type { OnceSecrets } from './sign-in/once-secrets.js';
import type { People } from '../config/people/watch.js';
import type { Networks } from '../config/setting-values.js';

/** What the desk is made of. */
export interface DeskDeps {
  readonly archive: Archive;
  readonly accounts: AccountFiles;
  readonly assets: AssetStore;
  /** Checks and stores a picture that a person uploads; without it nobody can. */
  readonly storeUpload?: StoreUpload;
  readonly live: LiveStatus;
  /** How decisions reach the workflows: the client's own calls, with its errors. */
  readonly posts: Pick<Posts, 'review' | 'unpublish'>;
  readonly batches: Pick<
    Batches,
    'start' | 'status' | 'approveAll' | 'pause' | 'resume' | 'setBudget' | 'cancel'
  >;
  /** The recurring batches, which Temporal keeps. */
  readonly schedules: Pick<
    Schedules,
    'add' | 'change' | 'list' | 'status' | 'pause' | 'resume' | 'run' | 'remove'
  >;
  /** How readers' questions are answered, and conversations forgotten. */
  readonly chats: Pick<Chats, 'ask' | 'delete'>;
  /** How an entry of the log of webhooks is sent once more. */
  readonly deliveries: Pick<Deliveries, 'sendAgain'>;
  readonly settings: {
    /** The address at which people reach the desk, without a slash at the end; feeds and links carry it. */
    readonly url: string;
    /** The address at which the command reaches the desk, without a slash at the end. */
    readonly api: string;
    /** The desk's token; a visitor who shows it is signed in. */
    readonly token: string;
    /** The Temporal UI that shows the runs; null, as when left out, where none is known. */
    readonly temporalUi?: TemporalUi | null;
    /** What the tokens of a text server of one's own cost; null, as when left out, to go by the models' names. */
    readonly textRate?: TextRate | null;
    /** The proxies whose `X-Forwarded-For` is believed; none when left out. */
    readonly trustedProxies?: Networks;
  };
  /** Those who have tokens of their own; none when left out. */
  readonly people?: People;
  /** Hears, in one line each, of answers that failed. */
  readonly log: (line: string) => void;
  readonly sessions: {
    /** Random, of this desk alone; who knows it and the token can make sessions. */
    readonly secret: string;
    /** The sessions that were signed out of before their end. */
    readonly ended: KeptMarks;
    /** The secrets that sign in once, such as the one in the link that a start prints. */
    readonly once: OnceSecrets;
    /** The links to a review with which a decision was made. */
    readonly spent: KeptMarks;
  };
  readonly now: () => Date;
}
