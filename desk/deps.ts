import type { AccountFiles } from '../config/accounts/account-files.js';
import type { Archive } from '../services/archive/archive.js';
import type { AssetStore } from '../services/assets/assets.js';
import type { EndedSessions } from './ended-sessions.js';
import type { LiveStatus } from './live.js';

/** What the desk is made of. */
export interface DeskDeps {
  readonly archive: Archive;
  readonly accounts: AccountFiles;
  readonly assets: AssetStore;
  readonly live: LiveStatus;
  readonly settings: {
    /** The address at which people reach the desk, without a slash at the end; feeds and links carry it. */
    readonly url: string;
    /** The address at which the command reaches the desk, without a slash at the end. */
    readonly api: string;
    /** The desk's token; a visitor who shows it is signed in. */
    readonly token: string;
  };
  /** Hears, in one line each, of answers that failed. */
  readonly log: (line: string) => void;
  readonly sessions: {
    /** Random, of this desk alone; who knows it and the token can make sessions. */
    readonly secret: string;
    readonly ended: EndedSessions;
  };
  readonly now: () => Date;
}
