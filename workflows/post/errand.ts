import type { Duration } from '@temporalio/common';
import { isCancellation } from '@temporalio/workflow';
import type { Publication, StatusError } from '../../contract/status.js';
import type { PublicationSearch } from '../../contract/targets/attempt.js';
import type { Target } from '../../contract/targets/target.js';
import { publisher } from '../activities.js';
import { blockingError } from '../blocked.js';
import { partOf, type Cell } from '../cell.js';
import { editionFor } from './edition.js';
import type { PostReporter } from './reporter.js';
import { clearError, enterStatus } from './state/decisions.js';
import { addPublication, changeTarget, type Out } from './state/out.js';
import { changeTargetRow, targetRow, type StepRow } from './state/rows.js';
import type { Post } from './state/state.js';
import type { TargetState } from './target-state.js';

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
    ...{ target, edition: editionFor(post.value, target.name) },
    ...(isLast && { isLast }),
  };
  return publisher.findPublication
    .executeWithOptions(options, [task])
    .catch((error: unknown): PublicationSearch => ({
      found: 'later',
      error: errorOf(error),
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

/** @throws what is no failure of an activity, and a cancellation */
export function errorOf(error: unknown): StatusError {
  const why = isCancellation(error) ? null : blockingError(error);
  if (!why) throw error;
  return why;
}
