import type { Account } from './account.js';
import type { Check } from './checks.js';
import type { Draft } from './draft.js';
import { mixWords, type Mix } from './mix.js';
import type { Plan } from './status.js';

/** The names under which the workflows are registered. */
export const BATCH_WORKFLOW = 'batch';
export const POST_WORKFLOW = 'post';

/** What a batch is started with. */
export interface BatchInput {
  readonly id: string;
  readonly account: Account;
  readonly planner: string;
  readonly mix: Mix;
  readonly brief: string | null;
  /** Why a person wants something told again, which a plan may not otherwise; left out where nobody does. */
  readonly repeat?: string;
  /** Nano-USD. */
  readonly budget: number;
  /** Where people reach the desk, for the links in the Temporal UI; none when left out. */
  readonly deskUrl?: string;
  /** The post that its only one is a copy of; left out where it plans. */
  readonly copy?: CopyOrder;
  /** How many posts are at work at a time; 30 when left out. */
  readonly window?: number;
}

/** A post that is copied, and the id of its copy. */
export interface CopyOrder {
  readonly from: string;
  readonly to: string;
}

/** What a copy begins with. */
export interface Copied {
  /** The id of the post that it was copied from. */
  readonly from: string;
  readonly draft: Draft;
  /** By step: `draft`, and the files of its format. */
  readonly parts: Readonly<Record<string, CopiedPart>>;
}

/** A part of a post that was made for another: its file, under a name of the copy's own, and who made it. */
export interface CopiedPart {
  readonly asset: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly offline?: true;
}

/** One planned post. */
export interface PlannedPost {
  readonly id: string;
  readonly contentFormat: string;
  readonly title: string;
  readonly plan: Plan;
  /** What its plan missed: fields that were cut, phrases that are banned. */
  readonly checks: readonly Check[];
  /** Its own page, as readers reach it: what targets link to. Left out by plans of before. */
  readonly url?: string;
  /** Of a copy: what it begins with in place of a draft of its own. */
  readonly copied?: Copied;
}

/** What a post is started with. */
export interface PostInput extends PlannedPost {
  /** The batch's budget when the post started, nano-USD; the archive knows a later one. */
  readonly budget?: number;
  readonly batchId: string;
  readonly account: Account;
  readonly planner: string;
  readonly specialMessage: string;
  readonly brief: string | null;
  /** Why a person wanted something told again in its batch; left out where nobody did. */
  readonly repeat?: string;
  readonly offline: boolean;
  /** Where people reach the desk, for the links in the Temporal UI; none when left out. */
  readonly deskUrl?: string;
}

/** The account with only the planner that a batch has: each of its posts carries it. */
export function keepPlanner(account: Account, planner: string): Account {
  const found = account.planners[planner];
  return found ? { ...account, planners: { [planner]: found } } : account;
}

/** Temporal takes a summary of at most 200 bytes. */
const PLANNER_CHARACTERS = 60;

/** A batch in one line for the Temporal UI: `ashtalksai · foundation_models · 1 video, 4 hero_text`. */
export function batchSummary(input: Pick<BatchInput, 'account' | 'planner' | 'mix'>): string {
  const { account, planner, mix } = input;
  const beat = planner.length > PLANNER_CHARACTERS ? `${planner.slice(0, PLANNER_CHARACTERS - 1)}…` : planner;
  return `${account.handle} · ${beat} · ${mixWords(mix)}`;
}
