import { sleep } from '@temporalio/workflow';
import type { Duration } from '@temporalio/common';
import type { StatusError } from '../../contract/status.js';
import { partOf, type Cell } from '../cell.js';
import { changePublishRow, changeState, FOUND_THERE, search, take, type Errand } from './publish.js';
import type { PostReporter } from './reporter.js';
import type { Decisions } from './state/decisions.js';
import { targetsError, targetStateOf } from './state/out.js';
import type { Post } from './state/state.js';
import { afterLastSearch } from './target-state.js';
import type { Target } from '../../contract/account.js';

/** Until what was just sent can be found there. */
const PAUSE = '2 seconds';

const lostTargets = ({ input, out }: Post): Target[] =>
  input.account.targets.filter(({ name }) => targetStateOf(out, name)?.mayBeOut);

/** Whether a post may be out where the answer of an attempt was lost. */
export const isLost = (post: Post): boolean => lostTargets(post).length > 0;

/**
 * Looks for a post where it may be out, before it ends: what is out belongs on the record, and can be taken back.
 *
 * @param within how long a target may take to answer
 */
export async function lookForLost(post: Cell<Post>, reporter: PostReporter, within: Duration): Promise<void> {
  await sleep(PAUSE, { summary: 'Before the last look' });
  const lost = lostTargets(post.value);
  await Promise.all(lost.map((target) => lookAt({ target, post, reporter }, within)));
  const error = targetsError(post.value.out);
  partOf(post, 'decisions').change((now) => withTargetsError(now, error));
}

/** What blocked a post at its targets, as it is known by now. */
const withTargetsError = (decisions: Decisions, error: StatusError | null): Decisions =>
  decisions.error !== null && decisions.blockedFrom === 'publishing' ? { ...decisions, error } : decisions;

async function lookAt(errand: Errand, within: Duration): Promise<void> {
  const found = await search(errand, within);
  if (found.found === 'publication') return take(errand, found.publication, FOUND_THERE);
  changeState(errand, (state) => afterLastSearch(state, found, new Date()));
  const error = targetStateOf(errand.post.value.out, errand.target.name)?.error;
  changePublishRow(errand, (row) => ({
    ...row,
    ...(error
      ? { state: 'failed', note: error.message }
      : { state: 'skipped', note: 'an answer was lost; it is not there' }),
  }));
}
