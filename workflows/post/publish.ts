import { type ActivityFailure, TimeoutFailure, condition, patched } from '@temporalio/workflow';
import type { Duration } from '@temporalio/common';
import {
  type NotPublished,
  type PublicationSearch,
  type PublishAttempt,
  publicationIn,
} from '../../contract/targets/attempt.js';
import { publisher } from '../activities.js';
import { type Cell, partOf } from '../cell.js';
import { isPostDue } from './carry-over.js';
import { editionFor } from './texts.js';
import type { PostReporter } from './reporter.js';
import { postReport } from './status.js';
import {
  type Out,
  addPublication,
  beginPublishing,
  changeTarget,
  openTargets,
  targetStateOf,
} from './state/out.js';
import { type Post, targetNames, targetsOutside } from './state/state.js';
import { type TargetState, afterAttempt, afterSearch, beginAttempt } from './target-state.js';
import type { Publication } from '../../contract/status.js';
import { whyBlocked } from '../blocked.js';
import { clearError, enterStatus } from './state/decisions.js';
import { type StepRow, changeTargetRow, targetRow } from './state/rows.js';
import { skipTargets } from './state/work.js';
import type { Target } from '../../contract/account.js';

/**
 * Publishes what was approved at each target that has not taken it, each on its own. Comes back when every target has taken it or
 * waits for a person; or early, when the post is taken back or it is time to continue as new.
 */
export async function publish(post: Cell<Post>, reporter: PostReporter): Promise<void> {
  const { input, decisions } = post.value;
  const skipped = targetsToSkip(post.value);
  const begun = { revision: decisions.revision, now: new Date(), skipped };
  partOf(post, 'out').change((now) => beginPublishing(now, targetNames(input), begun));
  partOf(post, 'work').change((now) => skipTargets(now, skipped, 'skipped: sample'));
  const targets = openTargets(post.value.out, input.account.targets);
  // One that is cut off must not leave behind another whose answer is still to come.
  const ends = await Promise.allSettled(targets.map((target) => publishAt({ target, post, reporter })));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Those that a sample does not go to. A post that an earlier version has published to them replays what it did. */
function targetsToSkip(post: Post): readonly string[] {
  const { out, decisions } = post;
  if (out.began?.revision === decisions.revision) return out.skipped ?? [];
  const outside = targetsOutside(post);
  return outside.length > 0 && patched('samples-stay-at-home') ? outside : [];
}

async function publishAt(errand: Errand): Promise<void> {
  for (let state = await whenDue(errand); state; state = await whenDue(errand)) {
    if (state.next === 'look') await look(errand);
    else await attempt(errand);
  }
}

/** Waits until something is to be done for a target; null when there is nothing, or not for now. */
async function whenDue({ target, post, reporter }: Errand): Promise<TargetState | null> {
  const stateNow = (): TargetState | null => targetStateOf(post.value.out, target.name);
  const isLeft = (): boolean => post.value.out.isClosed === true || isPostDue(reporter);
  const isAlone = (): boolean => openTargets(post.value.out, post.value.input.account.targets).length === 0;
  for (;;) {
    const state = stateNow();
    if (state === null || post.value.out.isClosed) return null;
    const wait = state.nextAt === null ? 0 : Date.parse(state.nextAt) - Date.now();
    if (state.error) {
      // A person may ask for it once more while others are still tried.
      await condition(() => stateNow()?.error === null || isAlone() || isLeft());
      if (stateNow()?.error) return null;
    } else if (wait <= 0) {
      return state;
    } else if (await condition(isLeft, wait, { summary: `${target.name}: tries again at ${state.nextAt}` })) {
      return null;
    }
  }
}

async function attempt(errand: Errand): Promise<void> {
  const { target, post } = errand;
  changeState(errand, beginAttempt);
  changePublishRow(errand, (row) => ({ ...row, state: 'running', attempts: row.attempts + 1 }));
  const summary = `Publish to ${target.name}`;
  const { input, decisions } = post.value;
  // Whom the first target has is known to be published.
  const step =
    decisions.status === 'publishing'
      ? { batchId: input.batchId, report: postReport(post.value) }
      : undefined;
  const task = { target, edition: editionFor(post.value, target.name), step };
  const answer = await publisher.publish
    .executeWithOptions({ summary }, [task])
    .catch((error: unknown): PublishAttempt => attemptOf(error));
  const publication = publicationIn(answer);
  if (publication) take(errand, publication, null);
  else settle(errand, (state) => afterAttempt(state, answer as NotPublished, new Date()));
}

/** Looks for what an attempt may have left behind, before anything is written again. */
async function look(errand: Errand): Promise<void> {
  const found = await search(errand);
  if (found.found === 'publication') take(errand, found.publication, FOUND_THERE);
  else settle(errand, (state) => afterSearch(state, found, new Date()));
}

/** The target does not have it yet, or perhaps does: what follows is on its row. */
function settle(errand: Errand, next: (state: TargetState) => TargetState): void {
  const { target, post, reporter } = errand;
  changeState(errand, next);
  const state = targetStateOf(post.value.out, target.name);
  if (!state) return;
  const { attempts } = changePublishRow(errand, (row) => ({
    ...row,
    state: state.error ? 'failed' : 'running',
    note: state.error?.message ?? state.reason,
    at: state.stoppedAt,
  }));
  const { input, decisions, out } = post.value;
  const isLast = openTargets(out, input.account.targets).length === 0;
  if (state.error && (decisions.status === 'published' || !isLast)) reporter.announceTargets();
  // Once is no trouble; what takes longer should be known.
  else if (attempts === 2) reporter.announceRetries();
  else reporter.showDetails();
}

/**
 * An attempt whose worker was killed, or cut off, may have been taken. Everything else that is thrown comes from before the
 * publisher's call: its activity throws nothing after it.
 */
function attemptOf(error: unknown): NotPublished {
  const why = whyBlocked(error);
  const { cause } = error as ActivityFailure;
  const isCutOff =
    cause instanceof TimeoutFailure &&
    (cause.timeoutType === 'HEARTBEAT' || cause.timeoutType === 'START_TO_CLOSE');
  if (!isCutOff) return { outcome: 'refused', error: why };
  const message = 'the worker that published gave no sign any more';
  return {
    outcome: 'unknown',
    error: { type: 'Target.LostAnswer', message, requestId: null },
    retryAfterSeconds: null,
    repeatable: false,
  };
}

/** What one target is published at with. */
export interface Errand {
  readonly target: Target;
  readonly post: Cell<Post>;
  readonly reporter: PostReporter;
}

/** Looks for what an attempt may have left behind. @param within of a last look: how long it may take */
export function search({ target, post }: Errand, within?: Duration): Promise<PublicationSearch> {
  const isLast = within !== undefined;
  const options = {
    summary: `Look for it at ${target.name}`,
    ...(isLast && { scheduleToCloseTimeout: within }),
  };
  const task = {
    target,
    edition: editionFor(post.value, target.name),
    ...(isLast && { isLast }),
  };
  return publisher.findPublication
    .executeWithOptions(options, [task])
    .catch((error: unknown): PublicationSearch => ({
      found: 'later',
      error: whyBlocked(error),
      retryAfterSeconds: null,
    }));
}

/** The target has it. The first one that does makes the post published, whatever it was: what is out is out. */
export function take(errand: Errand, given: Publication, note: string | null): void {
  const { target, post, reporter } = errand;
  // By whatever name its publisher calls it: it must count for the target that was asked.
  const publication = { ...given, target: target.name };
  partOf(post, 'out').change((now) => addPublication(now, publication));
  changePublishRow(errand, (row) => ({ ...row, state: 'done', at: publication.at, note }));
  const decisions = partOf(post, 'decisions');
  if (decisions.value.status === 'published') return reporter.announceTargets();
  decisions.change((now) => enterStatus(clearError(now), 'published'));
  reporter.announce();
}

/** What the row of a publication says that was found there. */
export const FOUND_THERE = 'an answer was lost; it was found there';

export const changeState = ({ target, post }: Errand, change: (state: TargetState) => TargetState): void =>
  partOf(post, 'out').change((now: Out) => changeTarget(now, target.name, change));

/** @returns the row as it is then */
export function changePublishRow({ target, post }: Errand, change: (row: StepRow) => StepRow): StepRow {
  const rows = partOf(partOf(post, 'work'), 'rows');
  rows.change((now) => changeTargetRow(now, target.name, change));
  return targetRow(rows.value, target.name);
}
