import { knownNano, unknownNano, type Charge } from '../../contract/money/charge.js';
import type { BatchInput, PlannedPost } from '../../contract/batch.js';
import type { Cancel, PostReport } from '../../contract/messages.js';
import { mixSize, splitMix, type Mix } from '../../contract/mix.js';
import type { Nano } from '../../contract/money/nano.js';
import { newPaidRow, type PaidRow } from '../paid/row.js';
import { isAtWork, isBatchFinal, isFinal, type BatchState } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';
import type { PendingApproval } from './approvals.js';
import {
  countStrikes,
  isStopped,
  isTrouble,
  strikeCount,
  troubleError,
  type Strikes,
} from './key-trouble.js';
import { heardOf, type KnownPost } from './known-post.js';
import { textLimits, type TextLimits } from './text-limits.js';

/** How often a batch looks after the posts that may have ended without a word, in ms. */
export const LOOK_EVERY = 24 * 3_600_000;

/** One page of the plan. */
export interface PlanRow extends PaidRow {
  readonly state: 'running' | 'done' | 'failed';
}

/** A batch that has been cancelled and cancels its posts. */
export interface Ending {
  /** The ids of the posts that have not been cancelled yet. */
  readonly untold: string[];
  /** How long it waits for its posts to say that they have cleaned up, in ms since 1970. */
  readonly until: number;
}

/** Everything a batch knows. Plain data: all but the input is carried over when the workflow continues as new. */
export interface BatchRun {
  readonly input: BatchInput;
  readonly createdAt: string;
  status: BatchState;
  /** Nano-USD. */
  budget: number;
  /** Nothing more is started for now: a person said so, or a key that stops every post. */
  paused: boolean;
  offline: boolean;
  error: StatusError | null;
  /** One a page that has been begun. */
  readonly pages: PlanRow[];
  /** Planned and not yet started. */
  readonly queue: PlannedPost[];
  readonly posts: KnownPost[];
  /** Not yet passed on. */
  readonly approvals: PendingApproval[];
  /** The ids of posts that a person resumed with the batch and that have not been told yet. */
  readonly resuming: string[];
  /** What the account may spend in a month as far as this batch goes, where a person said so, nano-USD. */
  monthBudget: Nano | null;
  /** A budget has changed and the archive, which the paid steps ask, has not been told yet. */
  budgetUntold: boolean;
  /** A person has said to pay for the next page of the plan although it is dear. */
  confirmed: boolean;
  strikes: Strikes;
  /** When the batch next looks after its posts, in ms since 1970. */
  nextLook: number;
  /** How far the batch is with ending; null unless it has been cancelled. */
  ending: Ending | null;
  /** Who said to cancel the batch, and why; null where only Temporal was asked to. */
  cancelledBy: Cancel | null;
  /** How many reports have been heard; a change of it is news. */
  heard: number;
  /** How many records have been written. */
  recorded: number;
}

export const newBatch = (input: BatchInput, now: string): BatchRun => ({
  input,
  createdAt: now,
  status: 'planning',
  budget: input.budget,
  paused: false,
  offline: false,
  error: null,
  pages: [],
  queue: [],
  posts: [],
  approvals: [],
  resuming: [],
  monthBudget: null,
  budgetUntold: false,
  confirmed: false,
  strikes: {},
  nextLook: Date.parse(now) + LOOK_EVERY,
  ending: null,
  cancelledBy: null,
  heard: 0,
  recorded: 0,
});

export const newPlanRow = (): PlanRow => ({ ...newPaidRow(), state: 'running' });

/** What the next run is given beside the input. */
export type Carried = Omit<BatchRun, 'input'>;

export function carried({ input: _input, ...rest }: BatchRun): Carried {
  return rest;
}

/** A share of the mix, and which page of the plan it is, from 1. */
export interface Page {
  readonly mix: Mix;
  readonly page: number;
}

/** The share of the mix that is planned next; null when every page has been planned. */
export function nextPage(run: BatchRun): Page | null {
  const done = run.pages.filter((row) => row.state === 'done').length;
  const mix = splitMix(run.input.mix)[done];
  return mix ? { mix, page: done + 1 } : null;
}

/**
 * How many more posts may be at work; a post that waits for a person or a slot is not in the window. One that a key has just
 * stopped keeps its place, since the next would be stopped as well, unless nothing else could tell.
 */
export function roomIn({ posts, strikes }: Pick<BatchRun, 'posts' | 'strikes'>, window: number): number {
  const atWork = posts.filter((post) => isAtWork(post.status)).length;
  return Math.max(atWork === 0 ? 1 : 0, window - atWork - strikeCount(strikes));
}

/** The status that goes with where a batch stands; one that is blocked says so itself. */
export function statusOf(run: BatchRun): BatchState {
  if (run.paused) return 'paused';
  return run.posts.length === 0 ? 'planning' : 'running';
}

export const allFinal = (run: BatchRun): boolean => run.posts.every((post) => isFinal(post.status));

export const limitsOf = (run: BatchRun): TextLimits => textLimits(mixSize(run.input.mix));

/** Takes what a post says of itself. A post the batch does not know is not its own. */
export function hear(run: BatchRun, report: PostReport): void {
  const index = run.posts.findIndex((post) => post.id === report.id);
  const known = run.posts[index];
  if (!known) return;
  const now = heardOf(known, report, limitsOf(run));
  if (now === known) return;
  run.heard += 1;
  run.posts[index] = now;
  run.strikes = countStrikes(run.strikes, known, now);
  if (now.error && isStopped(now) && isTrouble(run.strikes)) pauseForKey(run, now.error);
}

/** A key that is wrong stops what is at work, and nothing more: the batch says why and waits for a resume. */
function pauseForKey(run: BatchRun, why: StatusError): void {
  if (run.error || run.status === 'blocked' || isBatchFinal(run.status)) return;
  run.error = troubleError(run.input.id, why);
  run.paused = true;
  run.status = statusOf(run);
}

const planCharges = (run: BatchRun): Charge[] => run.pages.flatMap((row) => row.charges);

export const costOf = (run: BatchRun): Nano =>
  run.posts.reduce((sum, post) => sum + post.cost, knownNano(planCharges(run)));
export const unknownOf = (run: BatchRun): Nano =>
  run.posts.reduce((sum, post) => sum + post.unknown, unknownNano(planCharges(run)));
