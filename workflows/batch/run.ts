import { knownNano, unknownNano, type Charge } from '../../contract/charge.js';
import type { BatchInput, PlannedPost } from '../../contract/batch.js';
import type { ApproveAll, Cancel, PostReport } from '../../contract/messages.js';
import { splitMix, type Mix } from '../../contract/mix.js';
import type { Nano } from '../../contract/money.js';
import { isAtWork, isFinal, type BatchState } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';

/** A post as its batch knows it, from what the post last said. */
export interface KnownPost extends PostReport {
  readonly contentFormat: string;
}

/** An approval of all, with the posts that waited when it came: nobody has approved what came to wait later. */
export interface PendingApproval {
  readonly approval: ApproveAll;
  readonly posts: readonly Pick<PostReport, 'id' | 'gate' | 'revision'>[];
}

/** One page of the plan. */
export interface PlanRow {
  state: 'running' | 'done' | 'failed';
  provider: string | null;
  model: string | null;
  apiSeconds: number | null;
  attempts: number;
  at: string | null;
  note: string | null;
  readonly charges: Charge[];
}

/** Everything a batch knows. Plain data: it is carried over when the workflow continues as new. */
export interface BatchRun {
  readonly input: BatchInput;
  readonly createdAt: string;
  status: BatchState;
  /** Nano-USD. */
  budget: number;
  /** A person said to start nothing more for now. */
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
  /** A person said to go on, and the posts that a budget blocks have not been told yet. */
  resumed: boolean;
  /** What the account may spend in a month as far as this batch goes, where a person said so, nano-USD. */
  monthBudget?: Nano;
  /** A budget has changed and the archive, which the paid steps ask, has not been told yet. */
  budgetUntold?: boolean;
  /** A person has said to pay for the next page of the plan although it is dear. */
  confirmed?: boolean;
  /** Who said to cancel the batch, and why; left out where only Temporal was asked to. */
  cancelledBy?: Cancel;
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
  resumed: false,
  heard: 0,
  recorded: 0,
});

export const newPlanRow = (): PlanRow => ({
  state: 'running',
  provider: null,
  model: null,
  apiSeconds: null,
  attempts: 0,
  at: null,
  note: null,
  charges: [],
});

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

/** How many more posts may be at work; a post that waits for a person or a slot is not in the window. */
export const roomIn = (run: BatchRun, window: number): number =>
  Math.max(0, window - run.posts.filter((post) => isAtWork(post.status)).length);

/** The status that goes with where a batch stands; one that is blocked says so itself. */
export function statusOf(run: BatchRun): BatchState {
  if (run.paused) return 'paused';
  return run.posts.length === 0 ? 'planning' : 'running';
}

/** Takes the next approval for at most `most` posts off the list; the rest of it stays for a later turn. */
export function takeShare(approvals: PendingApproval[], most: number): PendingApproval | null {
  const [next] = approvals;
  if (!next) return null;
  const { approval, posts } = next;
  if (posts.length <= most) approvals.shift();
  else approvals[0] = { approval, posts: posts.slice(most) };
  return { approval, posts: posts.slice(0, most) };
}

export const allFinal = (run: BatchRun): boolean => run.posts.every((post) => isFinal(post.status));

/** The approval as it stands for the posts that wait now. */
export function approvalOfWaiting(run: BatchRun, approval: ApproveAll): PendingApproval {
  const waiting = run.posts.filter((post) => post.status === 'awaiting_approval');
  return { approval, posts: waiting.map(({ id, gate, revision }) => ({ id, gate, revision })) };
}

/** Takes what a post says of itself. A post the batch does not know is not its own, and one that has ended has ended. */
export function hear(run: BatchRun, report: PostReport): void {
  const index = run.posts.findIndex((post) => post.id === report.id);
  const known = run.posts[index];
  if (!known || (isFinal(known.status) && !isFinal(report.status))) return;
  run.heard += 1;
  run.posts[index] = { ...report, contentFormat: known.contentFormat };
}

const planCharges = (run: BatchRun): Charge[] => run.pages.flatMap((row) => row.charges);

export const costOf = (run: BatchRun): Nano =>
  run.posts.reduce((sum, post) => sum + post.cost, knownNano(planCharges(run)));
export const unknownOf = (run: BatchRun): Nano =>
  run.posts.reduce((sum, post) => sum + post.unknown, unknownNano(planCharges(run)));
