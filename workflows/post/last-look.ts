import { patched, sleep } from '@temporalio/workflow';
import { targetsOf, type Target } from '../../contract/targets/target.js';
import type { Cell } from '../cell.js';
import { changeRow, changeState, FOUND_THERE, search, take, type Errand } from './errand.js';
import type { PostReporter } from './reporter.js';
import { targetStateOf } from './state/out.js';
import type { Post } from './state/state.js';
import { afterLastSearch } from './target-state.js';

/** Until what was just sent can be found there. */
const PAUSE = '2 seconds';
/** The page of a post that is taken back stays for so long at most. */
const WITHIN = '1 minute';

const lostTargets = ({ input, out }: Post): Target[] =>
  targetsOf(input.account).filter(({ name }) => targetStateOf(out, name)?.mayBeOut);

/** Whether a post that ends may be out where the answer of an attempt was lost. */
export const mayBeOut = (post: Post): boolean => lostTargets(post).length > 0 && patched('last-look');

/**
 * Looks for a post that is cut off, or taken back, where it may be out, before it ends: what is out belongs on the record, and can
 * be taken back.
 */
export async function lookForLost(post: Cell<Post>, reporter: PostReporter): Promise<void> {
  await sleep(PAUSE);
  await Promise.all(lostTargets(post.value).map((target) => lookAt({ target, post, reporter })));
}

async function lookAt(errand: Errand): Promise<void> {
  const found = await search(errand, WITHIN);
  if (found.found === 'publication') return take(errand, found.publication, FOUND_THERE);
  changeState(errand, (state) => afterLastSearch(state, found, new Date()));
  const error = targetStateOf(errand.post.value.out, errand.target.name)?.error;
  changeRow(errand, (row) => ({
    ...row,
    ...(error ? { state: 'failed', note: error.message } : { note: 'an answer was lost; it is not there' }),
  }));
}
