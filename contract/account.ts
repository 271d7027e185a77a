import type { Nano } from './money/nano.js';
import type { Gate } from './states.js';

/** A beat of an account. */
export interface Planner {
  /** What it covers, for the model and for people. */
  readonly covers: string;
  /** How it should choose and argue. */
  readonly guidance: string;
}

/** What every draft is held against by pure rules, after the model: `contract/checks.ts`. */
export interface HouseStyle {
  readonly titleMaxCharacters: number;
  readonly bodyMinParagraphs: number;
  readonly bodyMaxWords: number;
  readonly captionMaxCharacters: number;
  readonly hashtagsMin: number;
  readonly hashtagsMax: number;
  /** Phrases that must not appear, in any case. */
  readonly bannedPhrases: readonly string[];
  /** Whether the piece is checked for landing on its button in the last paragraph. */
  readonly buttonLast: boolean;
}

export interface Models {
  readonly plan: string;
  readonly draft: string;
  readonly image: string;
  readonly video: string;
}

/** Where and for how long a person is waited for. */
export interface ReviewRules {
  /** At least one, in the order in which they open. */
  readonly gates: readonly Gate[];
  /** How long a gate is open before a person is reminded, and reminded again, in ms; null for never. */
  readonly remindAfter: number | null;
  /** How long a gate is open before the post expires, in ms; null for never. */
  readonly expireAfter: number | null;
  /** Where a reminder is sent; null for none. */
  readonly webhook: ReminderWebhook | null;
}

export interface ReminderWebhook {
  readonly url: string;
  /** The environment variable of the worker that holds the secret which signs the reminders. */
  readonly secretVariable: string;
}

/** Who may see the whole record (plan, pipeline, cost, chat references) of a published post. */
export type RecordVisibility = 'public' | 'desk';

/** What may be spent, and what a person is asked about first. */
export interface Budgets {
  /** Of each batch that names none of its own. */
  readonly batch: Nano;
  /** Of the account in a calendar month of UTC; null, as when left out, for no limit. */
  readonly month?: Nano | null;
  /** A single step that is expected to cost more waits for a person; null, as when left out, for never. */
  readonly confirmOver?: Nano | null;
}

/** A persona that publishes, as its file in `accounts/` describes it. A batch keeps it as it was at its start. */
export interface Account {
  /** The handle, which is the file's name without `.yaml`. */
  readonly handle: string;
  readonly name: string;
  readonly bio: string;
  /** A sample of ours, shown as such. */
  readonly sample: boolean;
  /** IANA time zone, for the times on its pages. */
  readonly timeZone: string;
  /** BCP 47 tag of the language it writes. */
  readonly language: string;
  readonly record: RecordVisibility;
  readonly voice: string;
  /** How its pictures look; part of every picture's prompt. */
  readonly look: string;
  readonly planners: Readonly<Record<string, Planner>>;
  readonly style: HouseStyle;
  readonly models: Models;
  readonly targets: readonly string[];
  readonly review: ReviewRules;
  readonly budget: Budgets;
}

/** The account with only the planner that a batch has: each of its posts carries it. */
export function accountOf(account: Account, planner: string): Account {
  const found = account.planners[planner];
  return found ? { ...account, planners: { [planner]: found } } : account;
}
