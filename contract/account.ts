import type { Nano } from './money/nano.js';
import type { Slots } from './slots.js';
import type { Gate } from './states.js';
import type { Target } from './targets/target.js';
import type { Webhook } from './webhooks.js';

/** A beat of an account. */
export interface Planner {
  /** What it covers, for the model and for people. */
  readonly covers: string;
  /** How it should choose and argue. */
  readonly guidance: string;
  /** Addresses of news feeds that it reads before it plans; none when left out. */
  readonly feeds?: readonly string[];
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
  /** Answers readers; left out where nobody asks. */
  readonly chat?: string;
  /** Compares questions with posts by their meaning; null, as when left out, for words alone. */
  readonly embedding?: string | null;
}

/** Whether and for how much money readers may ask the account. */
export interface ChatRules {
  readonly enabled: boolean;
  /** Of a calendar day of UTC. */
  readonly dailyBudget: Nano;
}

/** Where and for how long a person is waited for. */
export interface ReviewRules {
  /** At least one, in the order in which they open. */
  readonly gates: readonly Gate[];
  /** How long a gate is open before a person is reminded, and reminded again, in ms; null for never. */
  readonly remindAfter: number | null;
  /** How long a gate is open before the post expires, in ms; null for never. */
  readonly expireAfter: number | null;
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

/** How new a planned post must be beside what the account has published and rejected. */
export interface Freshness {
  /** The share of shingles, 0 to 1, from which two posts count as the same. */
  readonly similarity: number;
  /** How far back is looked, in ms. */
  readonly lookBackMs: number;
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
  readonly targets: readonly Target[];
  /** The account's slots; null, as when left out, for none: what is approved goes out at once. */
  readonly slots?: Slots | null;
  /** Nothing is held against what was told when left out. */
  readonly freshness?: Freshness;
  /** What is said, where a target has room, of how its posts are made; null, as when left out, for nothing. */
  readonly disclosure?: string | null;
  readonly review: ReviewRules;
  /** Who is told of what happens; nobody when left out. */
  readonly webhooks?: readonly Webhook[];
  readonly budget: Budgets;
  /** Null, as when left out, for no chat. */
  readonly chat?: ChatRules | null;
}

/** The account with only the planner that a batch has: each of its posts carries it. */
export function accountOf(account: Account, planner: string): Account {
  const found = account.planners[planner];
  return found ? { ...account, planners: { [planner]: found } } : account;
}
