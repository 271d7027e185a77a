import { getExternalWorkflowHandle, log, type ExternalWorkflowHandle } from '@temporalio/workflow';
import { postWorkflowId } from '../../contract/ids.js';
import { approveSignal, type ApproveAll } from '../../contract/messages.js';
import { isFinal } from '../../contract/states.js';
import type { BatchRun } from './run.js';

/** Passes an approval on to the posts that wait now, at the revision the batch last heard of each. */
export async function approveWaiting(run: BatchRun, { by, note, publishAt }: ApproveAll): Promise<void> {
  const waiting = run.posts.filter((post) => post.status === 'awaiting_approval');
  await Promise.all(
    waiting.map(({ id, gate, revision }) =>
      reach(id, (post) =>
        post.signal(approveSignal, { by, note, publishAt, gate: gate ?? undefined, revision }),
      ),
    ),
  );
}

/** Cancels every post that is not published or otherwise at its end; each cleans up after itself and says so. */
export async function cancelPosts(run: BatchRun): Promise<void> {
  const open = run.posts.filter((post) => !isFinal(post.status));
  await Promise.all(open.map(({ id }) => reach(id, (post) => post.cancel())));
}

/** A post that has ended in the meantime can't be reached, which is no reason to stop. */
async function reach(id: string, act: (post: ExternalWorkflowHandle) => Promise<void>): Promise<void> {
  try {
    await act(getExternalWorkflowHandle(postWorkflowId(id)));
  } catch (error) {
    log.warn('the post could not be reached', { postId: id, error });
  }
}
