import { getExternalWorkflowHandle, log, type ExternalWorkflowHandle } from '@temporalio/workflow';
import { postWorkflowId } from '../../contract/ids.js';
import { approveSignal, cancelSignal, resumeSignal, type Cancel } from '../../contract/messages.js';
import type { PendingApproval } from './approvals.js';

/** Passes an approval on to the posts that waited when it came, for the gate and revision that the batch had heard of. */
export async function approvePosts({ approval, posts }: PendingApproval): Promise<void> {
  await Promise.all(
    posts.map(({ id, gate, revision }) =>
      reach(id, (post) => post.signal(approveSignal, { ...approval, gate: gate ?? undefined, revision })),
    ),
  );
}

/** Tells blocked posts to try their step again. */
export async function resumePosts(ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => reach(id, (post) => post.signal(resumeSignal, { by: 'batch' }))));
}

/** Cancels posts; each cleans up after itself and says so. `decision` is whose it is, where a person gave a name. */
export async function cancelPosts(ids: readonly string[], decision: Cancel | null): Promise<void> {
  await Promise.all(ids.map((id) => reach(id, (post) => cancelPost(post, decision))));
}

/** The decision comes first, since it has a name; the cancellation also reaches a post that takes no decision just then. */
async function cancelPost(post: ExternalWorkflowHandle, decision: Cancel | null): Promise<void> {
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
