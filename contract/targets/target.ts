import type { Target } from '../account.js';

/** What an account file may call a target. */
export const TARGET_NAME_PATTERN = /^[a-z0-9_-]{1,40}$/;

/** The target that every account has when its file names none. */
export const FEED: Target = { kind: 'feed', name: 'feed', settings: {} };

/** What a setting holds, which is what an account file is checked for. */
export type SettingForm = 'line' | 'address' | 'variable';

export interface TargetSetting {
  readonly form: SettingForm;
  /** What a person writes there, for a message: `the handle or DID that signs in`. */
  readonly meaning: string;
  /** Left out means required. */
  readonly fallback?: string;
}

/** What is said of a post at a target, and is fitted to it. */
export interface PostWords {
  readonly title: string;
  /** Null for a video. */
  readonly body: string | null;
  readonly caption: string;
  /** Without `#`. */
  readonly hashtags: readonly string[];
  /** The post's own page; empty where readers have none, since the account does not publish to its feed. */
  readonly link: string;
  /** That it was made with AI, as the account says it; null for nothing. */
  readonly disclosure: string | null;
  /** What the text ends in, whatever has no room: of a sample, that it is one. Left out for nothing. */
  readonly mark?: string | null;
}

/** A text for one target, as a person sees it before they approve and as it goes out. */
export interface Fitted {
  readonly text: string;
  /** What had no room, or only in part, for a person to read: `the last 3 hashtags`. */
  readonly left: readonly string[];
}

/** How much of a text a target takes, in characters as people count them. */
export interface TextLimit {
  readonly most: number;
  /** What an address counts as, however long it is; its own length when left out. */
  readonly address?: number;
}

/** A kind of target: what an account file says of it, and the pure rules that fit a post to it. */
export interface TargetKind {
  readonly kind: string;
  readonly settings: Readonly<Record<string, TargetSetting>>;
  /** Fits a post; null where the target takes the whole post as it is. */
  readonly fit: ((words: PostWords) => Fitted) | null;
  /** How long a text may be, for a counter beside it; left out where only `refuses` tells. */
  readonly limit?: TextLimit;
  /** Why what is published there stays as it is when the post is edited, in one clause; left out where it is edited too. */
  readonly keeps?: string;
  /** What is wrong with a text that a person wrote for this target, in one clause; null when it goes. */
  readonly refuses: (text: string) => string | null;
}
