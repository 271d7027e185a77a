import { getExternalWorkflowHandle, log, type ExternalWorkflowHandle } from '@temporalio/workflow';
import { OVER_BUDGET } from '../../contract/budget.js';
import { postWorkflowId } from '../../contract/ids.js';
import { approveSignal, cancelSignal, resumeSignal } from '../../contract/messages.js';
import type { Cancel } from '../../contract/messages.js';
import { isFinal } from '../../contract/states.js';
import type { BatchRun, PendingApproval } from './run.js';

/** Passes an approval on to the posts that waited when it came, for the gate and revision that the batch had heard of. */
export async function passOn({ approval, posts }: PendingApproval): Promise<void> {
  await Promise.all(
    posts.map(({ id, gate, revision }) =>
      reach(id, (post) => post.signal(approveSignal, { ...approval, gate: gate ?? undefined, revision })),
    ),
  );
}

/** Tells the posts to go on that a budget has blocked; each asks the budget anew. */
export async function resumeOverBudget(run: BatchRun): Promise<void> {
  const blocked = run.posts.filter((post) => post.status === 'blocked' && post.error?.type === OVER_BUDGET);
  await Promise.all(blocked.map(({ id }) => reach(id, (post) => post.signal(resumeSignal, { by: 'batch' }))));
}

/** Cancels every post that is not published or otherwise at its end; each cleans up after itself and says so. */
export async function cancelPosts(run: BatchRun): Promise<void> {
  const open = run.posts.filter((post) => !isFinal(post.status));
  await Promise.all(open.map(({ id }) => reach(id, (post) => cancelPost(post, run.cancelledBy))));
}

/** The decision comes first, since it has a name; the cancellation also reaches a post that takes no decision just then. */
async function cancelPost(post: ExternalWorkflowHandle, decision: Cancel | undefined): Promise<void> {
  if (decision) await post.signal(cancelSignal, decision);
  await post.cancel();
}

/** A post that has ended in the meantime can't be reached, which is no reason to stop. */
async function reach(id: string, act: (post: ExternalWorkflowHandle) => Promise<void>): Promise<void> {
  try {
    await act(getExternalWorkflowHandle(postWorkflowId(id)));
  } catch (error) {
    log.warn('the post could not be reached', { postId: id, error });
  }
}
