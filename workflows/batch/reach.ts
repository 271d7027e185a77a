import { getExternalWorkflowHandle, log, type ExternalWorkflowHandle } from '@temporalio/workflow';
import { postWorkflowId } from '../../contract/ids.js';
import { approveSignal, resumeSignal } from '../../contract/messages.js';
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

/** Cancels posts; each cleans up after itself and says so. */
export async function cancelPosts(ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => reach(id, (post) => post.cancel())));
}

/** A post that has ended in the meantime can't be reached, which is no reason to stop. */
async function reach(id: string, act: (post: ExternalWorkflowHandle) => Promise<void>): Promise<void> {
  try {
    await act(getExternalWorkflowHandle(postWorkflowId(id)));
  } catch (error) {
    log.warn('the post could not be reached', { postId: id, error });
  }
}
